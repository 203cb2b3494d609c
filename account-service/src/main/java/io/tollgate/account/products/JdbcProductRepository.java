package io.tollgate.account.products;

import io.tollgate.model.ProductId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The products that billing has published; none is ever deleted. */
@Repository
class JdbcProductRepository {

  private final JdbcClient jdbc;

  JdbcProductRepository(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void save(ProductId product) {
    jdbc.sql("insert into product (product) values (:product) on conflict do nothing")
        .param("product", product.value())
        .update();
  }

  boolean exists(ProductId product) {
    return jdbc.sql("select exists (select from product where product = :product)")
        .param("product", product.value())
        .query(Boolean.class)
        .single();
  }
}
