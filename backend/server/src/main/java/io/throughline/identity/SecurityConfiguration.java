package io.throughline.identity;

import io.throughline.shared.Problem;
import io.throughline.shared.ProblemWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.web.filter.OncePerRequestFilter;

/// One filter chain a surface. The chains say who is asking; whether they may is said by each controller method's own rule
/// ([AccessInterceptor]), so that no route can be left out of a list here.
@Configuration(proxyBeanMethods = false)
@EnableJdbcHttpSession(maxInactiveIntervalInSeconds = SecurityConfiguration.SESSION_SECONDS, cleanupCron = Scheduled.CRON_DISABLED)
class SecurityConfiguration {

    static final int SESSION_SECONDS = 30 * 60;

    /// Answers of the two APIs are data: nothing in them may run or be framed, whatever a browser takes them for.
    private static final String DATA_ONLY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'";

    @Bean
    @Order(1)
    SecurityFilterChain delivery(HttpSecurity http, ApiClients clients, AccessTokens accessTokens, RateLimits limits) throws Exception {
        common(http);
        return http.securityMatcher("/v1/**")
                .csrf(AbstractHttpConfigurer::disable) // no cookie means anything here
                .sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(it -> it.contentSecurityPolicy(csp -> csp.policyDirectives(DATA_ONLY)).cacheControl(cache -> cache.disable()))
                .addFilterAfter(new BearerFilter(clients, accessTokens), SecurityContextHolderFilter.class)
                .addFilterAfter(new RateLimitFilter(limits), BearerFilter.class)
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain management(HttpSecurity http, CookieCsrfTokenRepository csrfTokens) throws Exception {
        common(http);
        return http.securityMatcher("/manage/**")
                .csrf(it -> it.spa().csrfTokenRepository(csrfTokens))
                .headers(it -> it.contentSecurityPolicy(csp -> csp.policyDirectives(DATA_ONLY)))
                .addFilterBefore(new OriginFilter(), CsrfFilter.class)
                .build();
    }

    /// What is not approved, for those who made a token to look at it; kept by nobody.
    @Bean
    @Order(2)
    SecurityFilterChain preview(HttpSecurity http, PreviewTokens tokens, RateLimits limits) throws Exception {
        common(http);
        return http.securityMatcher("/preview/**")
                .csrf(AbstractHttpConfigurer::disable) // no cookie means anything here
                .sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(it -> it.contentSecurityPolicy(csp -> csp.policyDirectives(DATA_ONLY)))
                .addFilterAfter(new PreviewFilter(tokens), SecurityContextHolderFilter.class)
                .addFilterAfter(new RateLimitFilter(limits), PreviewFilter.class)
                .build();
    }

    /// The screens, the health probe and the error page. Nothing here takes a cookie into account.
    @Bean
    @Order(3)
    SecurityFilterChain everythingElse(HttpSecurity http) throws Exception {
        common(http);
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(it -> it.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .headers(it -> it.contentSecurityPolicy(csp -> csp.policyDirectives(DATA_ONLY)).cacheControl(cache -> cache.disable()))
                .build();
    }

    private static void common(HttpSecurity http) throws Exception {
        plain(http.authorizeHttpRequests(it -> it.anyRequest().permitAll()));
    }

    /// No page to sign in, no frames, no other site; a problem for each refusal.
    static void plain(HttpSecurity http) throws Exception {
        AuthenticationEntryPoint signInFirst = (request, response, _) ->
                ProblemWriter.write(request, response, Problem.UNAUTHENTICATED, "Sign in, or send a valid key.");
        AccessDeniedHandler refused = (request, response, _) -> ProblemWriter.write(request, response, Problem.FORBIDDEN,
                "The X-XSRF-TOKEN header has to repeat the XSRF-TOKEN cookie; read any page of the API and send it again.");
        http.formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .exceptionHandling(it -> it.authenticationEntryPoint(signInFirst).accessDeniedHandler(refused))
                .headers(it -> it.frameOptions(frame -> frame.deny())
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                        .permissionsPolicyHeader(policy -> policy.policy("camera=(), microphone=(), geolocation=()"))
                        .crossOriginOpenerPolicy(coop -> coop.policy(
                                org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter
                                        .CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(corp -> corp.policy(
                                org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter
                                        .CrossOriginResourcePolicy.SAME_ORIGIN)));
    }

    @Bean
    CookieCsrfTokenRepository csrfTokens() {
        var tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
        tokens.setCookieCustomizer(it -> it.sameSite("Strict").path("/"));
        return tokens;
    }

    /// Two requests of one session may each be the first to note something in it: a signature given by a double click.
    @Bean
    PostgreSqlJdbcIndexedSessionRepositoryCustomizer sessionsInsertOrUpdate() {
        return new PostgreSqlJdbcIndexedSessionRepositoryCustomizer();
    }

    @Bean
    @Primary
    RequestSessions requestSessions(JdbcIndexedSessionRepository stored) {
        return new RequestSessions(stored);
    }

    @Bean
    OncePerRequestFilter requestSessionsBoundary(RequestSessions sessions) {
        return sessions.boundary();
    }

    /// Of several requests that find half a minute over at the same moment, one writes that the session was used.
    @Bean
    SessionRepositoryCustomizer<JdbcIndexedSessionRepository> sessionsNotTouchedTwice() {
        return sessions -> sessions.setUpdateSessionQuery("""
                update spring_session s
                   set session_id = n.session_id, last_access_time = n.last_access_time, max_inactive_interval = n.max_inactive_interval,
                       expiry_time = n.expiry_time, principal_name = n.principal_name
                  from (select ?::text, ?::bigint, ?::integer, ?::bigint, ?::text, ?::text)
                       as n (session_id, last_access_time, max_inactive_interval, expiry_time, principal_name, primary_id)
                 where s.primary_id = n.primary_id
                   and (n.last_access_time >= s.last_access_time + %d
                        or (s.session_id, s.max_inactive_interval, s.principal_name) is distinct from (n.session_id, n.max_inactive_interval, n.principal_name))
                """.formatted(RequestSessions.WRITTEN_EVERY.toMillis()));
    }

    @Bean
    CookieSerializer sessionCookie() {
        var cookie = new DefaultCookieSerializer();
        cookie.setCookieName("THROUGHLINE_SESSION");
        cookie.setSameSite("Strict");
        cookie.setUseHttpOnlyCookie(true);
        return cookie;
    }

    /// Spans around each security filter would cost more than the filters, on every request, and nobody reads them.
    @Bean
    SecurityObservationSettings noFilterObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /// `//`, `;x`, `%2e` and their like never reach a controller (S32).
    @Bean
    RequestRejectedHandler requestRejectedHandler() {
        return (request, response, _) -> ProblemWriter.write(request, response, Problem.INVALID_QUERY,
                "The address is written in a way that is not taken here; write it plainly.");
    }

    /// Signing in has its own service; without this bean Boot would invent a user with a printed password.
    @Bean
    UserDetailsService noOtherUsers() {
        return name -> {
            throw new UsernameNotFoundException("people sign in by the management API");
        };
    }
}
