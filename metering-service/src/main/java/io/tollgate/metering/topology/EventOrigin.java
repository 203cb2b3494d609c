package io.tollgate.metering.topology;

/**
 * How an event came: who posted it and where it lies.
 *
 * @param platform the subject of the credential it was posted with; empty where that is not known
 * @param position where it lies
 */
record EventOrigin(String platform, long position) {}
