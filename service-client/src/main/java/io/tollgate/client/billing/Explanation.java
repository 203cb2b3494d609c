package io.tollgate.client.billing;

import java.util.List;
import java.util.Optional;

/** A line with everything that its amount follows from: usage, price version, bill and postings. */
public record Explanation(
    Line line,
    Optional<CountedUsage> usage,
    Optional<Price> price,
    Bill bill,
    List<Posting> postings) {}
