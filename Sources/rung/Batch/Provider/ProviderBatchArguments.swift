import ArgumentParser

/// How a batch goes by its providers' own batches.
struct ProviderBatchArguments: ParsableArguments {
  @ArgumentParser.Flag(
    help: "Send the requests as batches of their providers, at the catalog's batch prices.")
  var providerBatch = false

  @ArgumentParser.Flag(
    help: "With --provider-batch: ask one by one, at full price, what cannot go by a batch.")
  var askRest = false

  @ArgumentParser.Flag(
    help:
      "With --provider-batch: end once the batches are sent. The same command takes the answers.")
  var leave = false

  @Option(help: "With --provider-batch: seconds between two looks at a batch.")
  var lookEvery: Int64 = 30

  mutating func validate() throws {
    guard (1...86_400).contains(lookEvery) else {
      throw ValidationError("--look-every takes 1 to 86400 seconds")
    }
    if !providerBatch, askRest || leave {
      throw ValidationError("--ask-rest and --leave go with --provider-batch")
    }
  }
}
