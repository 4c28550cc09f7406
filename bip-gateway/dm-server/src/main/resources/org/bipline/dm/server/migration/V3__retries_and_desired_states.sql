ALTER TABLE job ADD COLUMN not_before TIMESTAMP WITH TIME ZONE;

CREATE TABLE desired_state (
    device  VARCHAR(255)  NOT NULL,
    target  VARCHAR(1024) NOT NULL,
    job     BIGINT        NOT NULL REFERENCES job (id),
    version VARCHAR(16),
    PRIMARY KEY (device, target)
);
