ALTER TABLE device ADD COLUMN transport VARCHAR(8) DEFAULT 'PLAIN' NOT NULL;

ALTER TABLE device ADD COLUMN psk_identity BYTEA;

ALTER TABLE device ADD COLUMN psk_key BYTEA;

CREATE UNIQUE INDEX device_by_psk_identity ON device (psk_identity);
