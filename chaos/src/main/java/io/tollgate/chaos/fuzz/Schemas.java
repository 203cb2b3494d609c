package io.tollgate.chaos.fuzz;

import tools.jackson.databind.JsonNode;

/** The schemas of a document, by reference. */
record Schemas(JsonNode document) {

  /** The schema itself, wherever it is written. */
  JsonNode resolved(JsonNode schema) {
    JsonNode found = schema;
    while (found.has("$ref")) {
      found = document.at(found.get("$ref").asString().substring(1));
    }
    return found;
  }
}
