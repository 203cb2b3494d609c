package io.tollgate.account.products;

import io.tollgate.model.event.PricedProduct;
import io.tollgate.model.event.Topics;
import io.tollgate.store.consumer.Subscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Receives the products that billing publishes. */
@Configuration(proxyBeanMethods = false)
class ProductSubscription {

  /** A product is no account's. */
  @Bean
  Subscription<PricedProduct> publishedProducts(JdbcProductRepository repository) {
    return Subscription.toStates("products", Topics.PRICES, PricedProduct.CODEC)
        .keyedBy(product -> product.product().value())
        .parkingNobody()
        .each(PricedProduct.class, product -> repository.save(product.product()))
        .build();
  }
}
