package config;

import java.time.Duration;

/**
 * What is kept in the data folder.
 *
 * @param spoolMaxBytes the most that the spool may hold
 * @param backupInterval time between two backups of the ledger; zero for none
 * @param backupsKept how many of them are kept
 */
public record DataSettings(long spoolMaxBytes, Duration backupInterval, int backupsKept) {}
