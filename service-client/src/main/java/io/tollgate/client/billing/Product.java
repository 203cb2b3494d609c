package io.tollgate.client.billing;

/** A product of the catalogue. */
public record Product(
    String product,
    String name,
    String cycle,
    String paymentTerm,
    boolean retainedStorageCharged) {}
