import ArgumentParser
import BundleFiles
import CallerKeys
import HTTPUpstream
import Logging
import PolicyCompiler
import PolicySemantics
import RoutingCache
import RoutingCalls
import RoutingCatalog
import RoutingGateway
import RoutingHealth
import RoutingLedger
import RoutingService

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve a policy as an OpenAI-compatible gateway.",
    discussion: """
      Any OpenAI client works against it: change the base URL and keep the code. The model may be \
      auto, a ladder or a model of the catalog; the policy decides what that means.

      EXAMPLES
        rung serve policies/support
        rung serve policies/support --port 8000 --ledger support.ledger
        rung serve policies/support --keys keys.yaml --host 0.0.0.0
        rung serve --bundle support.bundle --bundle-digest sha256:9f86d081884c7d65…
        rung serve policies/support --base-url http://127.0.0.1:8080/v1
      """)

  @ArgumentParser.Argument(help: "The policy.", completion: .file())
  var policy: String?

  @Option(
    help: "Serve this bundle, after proving it, instead of a policy; `rung bundle` makes one.",
    completion: .file())
  var bundle: String?

  @Option(
    help: "Serve only the bundle with this digest, as `rung bundle` printed it: no other, ever.")
  var bundleDigest: SHA256Digest?

  @OptionGroup var arguments: ServeArguments

  @Option(
    help:
      "Let only callers with a key of this file in; `rung key` makes them. Needs RUNG_KEY_SECRET.",
    completion: .file()
  )
  var keys: String?

  @ArgumentParser.Flag(help: "Serve callers without keys on an address others can reach.")
  var withoutKeys = false

  @ArgumentParser.Flag(
    help: "Answer the admin routes from anywhere, to an admin key, instead of on this machine only."
  )
  var adminKey = false

  @OptionGroup var recording: LedgerArguments

  @OptionGroup var caching: CacheArguments

  @Option(help: "Call every provider at this address, without its key.")
  var baseURL: String?

  @OptionGroup var logging: LogArguments

  func run() async throws {
    let source = try ServedSource(policy, bundle: bundle, digest: bundleDigest)
    let supply = try source.supply()
    let compilation = try PolicyCompilation(supply)
    let compiled = try compilation.sound()
    let servedKeys = try servedKeys()
    let address = try baseURL.map(RunCommand.address)
    let ledger = try recording.open(currency: compiled.policy.vocabulary.currency)
    let client = HTTPUpstream()
    var settings = RequestService.Settings()
    settings.textLife = recording.keepPrompts?.milliseconds
    let output = LogOutput.standardError()
    defer { output.flush() }
    let logger = logging.logger(to: output)
    let health = UpstreamHealth(report: { $0.log(to: logger) })
    let store = try caching.open { logger.warning("\($0)") }
    let desk = ServeDesk(
      source, ledger: ledger, client: client, calls: CallSettings(baseURL: address),
      settings: settings, health: health, cache: AnswerCache(store), keys: servedKeys)
    let first = try desk.policy(compilation, from: supply)
    if adminKey, first.keys?.hasAdmin != true {
      throw CommandFailure("--admin-key needs an admin key: `rung key new --id ops --admin`")
    }
    var gatewaySettings = arguments.settings
    gatewaySettings.admin = adminKey ? .key : .thisMachine
    gatewaySettings.onlyByOwnName = keys == nil && !withoutKeys
    if address == nil { tellMissingKeys(compiled.catalog, logger) }
    OpenFiles.takeAll()
    let gateway = Gateway(
      gatewaySettings, serving: first, reloading: desk.loading,
      observer: GatewayObserver(
        logger: logger, health: health, linesLost: { output.lost }),
      clock: { Moment.timestamp }, random: ServeDesk.random)
    let result = await Result<Void, any Error>.of {
      try await serve(gateway, source.words(for: supply, compiled))
    }
    await desk.memory.finish()
    client.shutdown()
    await store.close()
    await ledger?.close()
    try result.get()
  }

  private func serve(_ gateway: Gateway, _ path: String) async throws {
    let host = arguments.host
    do {
      try await gateway.runUntilSignalled { port in
        let place = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        Terminal.out("serving \(path) on http://\(place)/v1")
        ProgramPages.letGo()
      }
    } catch let failure as ListenFailure {
      throw CommandFailure(failure.description, exit: .couldNotRun)
    }
  }

  /// Providers that no call can go to as it is: better said now than with the first request.
  private func tellMissingKeys(_ catalog: Catalog, _ logger: Logger) {
    for provider in catalog.providers {
      guard let variable = provider.keyVariable, Secret(environmentVariable: variable) == nil else {
        continue
      }
      logger.warning(
        "no key for a provider: its models cannot be called",
        metadata: ["provider": "\(provider.name)", "variable": "\(variable)"])
    }
  }

  private func servedKeys() throws(CommandFailure) -> ServedKeys? {
    if let keys {
      guard !withoutKeys else { throw CommandFailure("--keys and --without-keys: give one") }
      return ServedKeys(keys, secret: try KeysPlace.secret())
    }
    guard !adminKey else { throw CommandFailure("--admin-key needs --keys") }
    guard withoutKeys || Self.isThisMachine(arguments.host) else {
      throw CommandFailure(
        "`--host \(arguments.host)` lets others spend what this policy allows: give --keys FILE, or say that "
          + "it is meant with --without-keys")
    }
    return nil
  }

  private static func isThisMachine(_ host: String) -> Bool {
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return host == "localhost" || host == "::1"
      || (parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil })
  }
}
