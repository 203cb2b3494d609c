package io.tollgate.support.web.security;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.support.web.ProblemWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedHandler;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;

/**
 * An OAuth2 resource server whose routes are opened one by one by {@link AccessRules}; all others
 * are closed.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties(SecuritySettings.class)
public class SecuritySupportConfiguration {

  /** The last character of ASCII. */
  private static final char DELETE = 0x7f;

  @Bean
  Operators operators() {
    return new Operators();
  }

  /** Controllers may take their {@link Caller} as an argument. */
  @Bean
  WebFluxConfigurer callerArguments(Operators operators) {
    return new WebFluxConfigurer() {
      @Override
      public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
        configurer.addCustomResolver(new CallerResolver(operators));
      }
    };
  }

  /** Else each filter of the chain is an observation of its own, with every request. */
  @Bean
  SecurityObservationSettings securityObservations() {
    return SecurityObservationSettings.noObservations();
  }

  /**
   * As Spring Security's own, without its regular expression over every character of each header
   * value, which is most of a token.
   */
  @Bean
  ServerWebExchangeFirewall firewall() {
    StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
    firewall.setAllowedHeaderValues(SecuritySupportConfiguration::isPrintable);
    return firewall;
  }

  /** Whether it has no control character but tabs; null is the value of a header not sent. */
  private static boolean isPrintable(@Nullable String value) {
    return value == null
        || isPlain(value)
        || value.codePoints().allMatch(c -> c == '\t' || isPrintable(c));
  }

  /** Whether all of it is printable ASCII, as nearly every header is. */
  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c >= DELETE) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPrintable(int character) {
    return Character.isDefined(character) && Character.getType(character) != Character.CONTROL;
  }

  /** A path that could be read in two ways is refused before anybody is asked who they are. */
  @Bean
  ServerExchangeRejectedHandler rejectedHandler(ProblemWriter problems) {
    return (exchange, rejected) ->
        problems.write(
            exchange,
            HttpStatus.BAD_REQUEST,
            "invalid-request",
            "the path or a header is malformed",
            Map.of());
  }

  @Bean
  ReactiveJwtDecoder jwtDecoder(SecuritySettings settings, MeterRegistry meters) {
    NimbusReactiveJwtDecoder decoder =
        settings
            .publicKey()
            .map(
                key ->
                    NimbusReactiveJwtDecoder.withPublicKey(PemKeys.publicKey(key))
                        .signatureAlgorithm(SignatureAlgorithm.RS256)
                        .build())
            .or(
                () ->
                    settings
                        .jwksUri()
                        .map(
                            uri ->
                                NimbusReactiveJwtDecoder.withJwkSetUri(uri)
                                    .jwsAlgorithm(SignatureAlgorithm.RS256)
                                    .jwsAlgorithm(SignatureAlgorithm.ES256)
                                    .build()))
            .or(
                () ->
                    settings
                        .issuerUri()
                        .map(uri -> NimbusReactiveJwtDecoder.withIssuerLocation(uri).build()))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "set one of tollgate.security.public-key, jwks-uri, issuer-uri"));
    OAuth2TokenValidator<Jwt> validator = validator(settings);
    decoder.setJwtValidator(validator);
    return new MonitorTokens(new RememberedTokens(decoder, validator), meters);
  }

  private static OAuth2TokenValidator<Jwt> validator(SecuritySettings settings) {
    List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>();
    validators.add(
        settings
            .issuerUri()
            .map(JwtValidators::createDefaultWithIssuer)
            .orElseGet(JwtTimestampValidator::new));
    validators.add(new ExpiryRequired());
    settings.audience().ifPresent(audience -> validators.add(new JwtAudienceValidator(audience)));
    return new DelegatingOAuth2TokenValidator<>(validators);
  }

  @Bean
  SecurityWebFilterChain securityWebFilterChain(
      ServerHttpSecurity http, ObjectProvider<AccessRules> rules, ProblemWriter problems) {
    RouteAccess access = new RouteAccess(rules.stream().toList());
    ServerAuthenticationEntryPoint unauthenticated =
        (exchange, failure) -> {
          exchange.getResponse().getHeaders().set("WWW-Authenticate", "Bearer");
          return problems.write(
              exchange,
              HttpStatus.UNAUTHORIZED,
              "unauthenticated",
              TokenFault.of(failure).inWords(),
              Map.of());
        };
    ServerAccessDeniedHandler denied =
        (exchange, failure) ->
            problems.write(
                exchange,
                HttpStatus.FORBIDDEN,
                "forbidden",
                "this credential does not permit the request",
                Map.of());
    return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
        .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
        .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
        .logout(ServerHttpSecurity.LogoutSpec::disable)
        .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
        // Else every request makes a session and goes over two more threads, to look for one saved.
        .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
        .exceptionHandling(
            handling ->
                handling.authenticationEntryPoint(unauthenticated).accessDeniedHandler(denied))
        .oauth2ResourceServer(
            server ->
                server
                    .authenticationEntryPoint(unauthenticated)
                    .accessDeniedHandler(denied)
                    .bearerTokenConverter(new BearerTokens(access::isPublic))
                    .jwt(jwt -> {}))
        .authorizeExchange(access::open)
        .build();
  }
}
