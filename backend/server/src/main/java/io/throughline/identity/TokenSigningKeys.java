package io.throughline.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.text.ParseException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The key that signs access tokens, one for all nodes: the first node that needs it makes it. It lies in the database like the
/// other secrets of delivery; whoever reads that could also write an API key into it.
@Component
class TokenSigningKeys implements JWKSource<SecurityContext> {

    private static final String NAME = "access-tokens";

    private final JdbcClient jdbc;
    private final Clock clock;
    private volatile @Nullable JWKSet known;

    TokenSigningKeys(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        return selector.select(keys());
    }

    private JWKSet keys() {
        var keys = known;
        if (keys == null) {
            jdbc.sql("insert into token_signing_key (name, jwk, created_at) values (:name, :jwk, :at) on conflict do nothing")
                    .param("name", NAME).param("jwk", fresh().toJSONString()).param("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .update();
            var stored = jdbc.sql("select jwk from token_signing_key where name = :name").param("name", NAME).query(String.class).single();
            try {
                keys = new JWKSet(ECKey.parse(stored));
            } catch (ParseException broken) {
                throw new IllegalStateException("the stored signing key can't be read", broken);
            }
            known = keys;
        }
        return keys;
    }

    private static ECKey fresh() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyUse(KeyUse.SIGNATURE).algorithm(JWSAlgorithm.ES256).keyIDFromThumbprint(true).generate();
        } catch (JOSEException missing) {
            throw new IllegalStateException("every JDK has P-256", missing);
        }
    }
}
