import ArgumentParser
import CallerKeys
import Foundation

/// Where callers' keys are, and the secret they are digested under.
struct KeysPlace: ParsableArguments {
  @Option(help: "The keys file.")
  var file = "keys.yaml"

  static func secret() throws(CommandFailure) -> KeySecret {
    do throws(KeySecretProblem) {
      return try KeySecret(environment)
    } catch {
      throw CommandFailure("\(error)")
    }
  }

  /// Nil where there is none; one that is set and no good is refused.
  static func secretIfSet() throws(CommandFailure) -> KeySecret? {
    environment == nil ? nil : try secret()
  }

  private static var environment: String? {
    ProcessInfo.processInfo.environment[KeySecret.variable]
  }
}
