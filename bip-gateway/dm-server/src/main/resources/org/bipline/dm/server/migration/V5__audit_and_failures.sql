CREATE TABLE audit (
    number    BIGINT                   PRIMARY KEY,
    logged_at TIMESTAMP WITH TIME ZONE NOT NULL,
    actor     VARCHAR(255)             NOT NULL,
    operation VARCHAR(32)              NOT NULL,
    device    VARCHAR(255)             NOT NULL,
    target    VARCHAR(1024)            NOT NULL,
    outcome   VARCHAR(1024)            NOT NULL,
    hash      BYTEA                    NOT NULL
);

CREATE INDEX audit_by_device ON audit (device, number);
CREATE INDEX audit_by_time ON audit (logged_at);

CREATE TABLE credential_failures (
    device    VARCHAR(255)             PRIMARY KEY,
    failures  INTEGER                  NOT NULL,
    last_time TIMESTAMP WITH TIME ZONE NOT NULL
);
