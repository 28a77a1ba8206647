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

  @Option(
    help: ArgumentHelp(
      "With --provider-batch: the time between two looks at a batch, as 30s or 5m.",
      valueName: "time"),
    transform: TimeSpan.read)
  var lookEvery = TimeSpan(seconds: 30)

  mutating func validate() throws {
    guard lookEvery.milliseconds >= 10, lookEvery <= .day else {
      throw ValidationError("--look-every takes 10ms to 1d")
    }
    if !providerBatch, askRest || leave {
      throw ValidationError("--ask-rest and --leave go with --provider-batch")
    }
  }
}
