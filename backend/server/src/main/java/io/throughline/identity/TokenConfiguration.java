package io.throughline.identity;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.ClientSecretAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;

/// `POST /oauth2/token` for client credentials and `GET /oauth2/jwks`; of the authorization server's other addresses none is there.
@Configuration(proxyBeanMethods = false)
class TokenConfiguration {

    @Bean
    @Order(0)
    SecurityFilterChain tokens(HttpSecurity http, TokenClients clients, TokenSigningKeys signingKeys, RateLimits limits) throws Exception {
        SecurityConfiguration.plain(http);
        var generator = new JwtGenerator(new NimbusJwtEncoder(signingKeys));
        generator.setJwtCustomizer(token -> {
            token.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
            token.getClaims().audience(java.util.List.of(AccessTokens.AUDIENCE));
        });
        var errors = new TokenErrors();
        return http.securityMatcher("/oauth2/token", "/oauth2/jwks")
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .with(new OAuth2AuthorizationServerConfigurer(), server -> server
                        .registeredClientRepository(clients)
                        .authorizationService(new Forgetful())
                        .authorizationServerSettings(AuthorizationServerSettings.builder().build())
                        .tokenGenerator(generator)
                        .tokenEndpoint(endpoint -> endpoint.errorResponseHandler(errors))
                        .clientAuthentication(client -> client.errorResponseHandler(errors).authenticationProviders(providers -> providers.forEach(provider -> {
                            if (provider instanceof ClientSecretAuthenticationProvider secrets) {
                                secrets.setPasswordEncoder(new TokenClients.Secrets());
                            }
                        }))))
                .exceptionHandling(it -> it.authenticationEntryPoint(errors))
                .authorizeHttpRequests(it -> it.anyRequest().authenticated())
                .addFilterAfter(new RateLimitFilter(limits), SecurityContextHolderFilter.class)
                .build();
    }

    /// Tokens say all there is to know; keeping them would only fill memory.
    private static final class Forgetful implements OAuth2AuthorizationService {

        @Override
        public void save(OAuth2Authorization authorization) {
            // nothing is asked for later
        }

        @Override
        public void remove(OAuth2Authorization authorization) {
            // nothing was kept
        }

        @Override
        public @Nullable OAuth2Authorization findById(String id) {
            return null;
        }

        @Override
        public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
            return null;
        }
    }
}
