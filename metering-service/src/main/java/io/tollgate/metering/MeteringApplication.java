package io.tollgate.metering;

import io.tollgate.support.web.WebSupportConfiguration;
import io.tollgate.support.web.security.SecuritySupportConfiguration;
import io.tollgate.support.wiring.KafkaSupportConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/** The metering service: usage events in, hourly and daily usage out; its state is in Kafka. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableConfigurationProperties(MeteringSettings.class)
@Import({
  KafkaSupportConfiguration.class,
  WebSupportConfiguration.class,
  SecuritySupportConfiguration.class
})
public class MeteringApplication {

  /** Starts the service; it is configured by {@code metering.yml} and the environment. */
  public static void main(String[] args) {
    new SpringApplicationBuilder(MeteringApplication.class)
        .properties("spring.config.name=metering")
        .run(args);
  }
}
