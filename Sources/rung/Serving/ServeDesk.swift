import BundleFiles
import CallerKeys
import Foundation
import HTTPUpstream
import PolicyCompiler
import PolicyExplain
import PolicySemantics
import PolicyWorkspace
import RoutingBudgets
import RoutingCalls
import RoutingGateway
import RoutingHealth
import RoutingLedger
import RoutingRuntime
import RoutingService
import Synchronization
import ZoneClock

/// Makes versions of one policy ready to serve, over one ledger and one upstream.
final class ServeDesk: Sendable {
  private let source: ServedSource
  private let ledger: Ledger?
  private let client: HTTPUpstream
  private let calls: CallSettings
  /// Shared by every version: a provider that is down stays so when a policy changes.
  private let health: UpstreamHealth
  /// Shared likewise: a conversation goes on, and shadows are waited for, whatever the version.
  let memory = RequestMemory()
  private let settings: RequestService.Settings
  private let keys: ServedKeys?
  /// Shared likewise: an answer outlives a change of the policy that does not touch its route.
  private let cache: AnswerCache
  /// What was read last, whether it compiled or not, and what is served.
  private let files = Mutex(Files(read: nil, served: nil))

  private struct Files: Sendable {
    var read: PolicySources?
    var served: Served?
  }

  private struct Served: Sendable {
    let sources: PolicySources
    let currency: String
    /// Of the bundle it came in; nil if it came from files.
    let bundle: SHA256Digest?
  }

  init(
    _ source: ServedSource, ledger: Ledger?, client: HTTPUpstream, calls: CallSettings,
    settings: RequestService.Settings, health: UpstreamHealth, cache: AnswerCache,
    keys: ServedKeys? = nil
  ) {
    self.cache = cache
    self.health = health
    self.source = source
    self.ledger = ledger
    self.client = client
    self.calls = calls
    self.settings = settings
    self.keys = keys
  }

  /// What is on disk, ready to serve.
  func policy(_ compilation: PolicyCompilation, from supply: PolicySupply) throws -> ServedPolicy {
    let compiled = try compilation.sound()
    let policy = try policy(compiled, keys?.first(with: compilation))
    files.withLock {
      $0 = Files(
        read: compilation.kept,
        served: Served(
          sources: compilation.kept, currency: compiled.policy.vocabulary.currency,
          bundle: supply.digest))
    }
    return policy
  }

  /// How the gateway gets the versions that follow.
  var loading: PolicyLoading {
    PolicyLoading(
      load: { occasion, suspects throws(PolicyLoadFailure) in
        try self.reload(occasion, suspecting: suspects)
      },
      look: { self.look })
  }

  private func reload(
    _ occasion: LoadOccasion, suspecting suspects: Set<String>
  ) throws(PolicyLoadFailure) -> ServedPolicy {
    defer { ProgramPages.letGo() }
    if let path = suspects.sorted().first(where: isBeginning) { throw HalfWritten.failure(path) }
    let before = look
    do throws(CommandFailure) {
      let supply = try source.supply()
      let compilation = try PolicyCompilation(supply)
      let served = files.withLock { files in
        files.read = compilation.kept
        return files.served
      }
      if occasion == .fileChange, let served {
        try source.refuse(supply, after: served.bundle)
      }
      guard let compiled = compilation.compiled else {
        throw CommandFailure(compilation.firstError)
      }
      let currency = compiled.policy.vocabulary.currency
      if let served, ledger != nil, currency != served.currency {
        throw CommandFailure(
          "the catalog counts in \(currency) now, and the ledger in \(served.currency): a gateway "
            + "over another ledger can serve it")
      }
      let policy = try policy(compiled, keys?.next(with: compilation))
      if let path = look.changes(since: before).sorted().first {
        throw CommandFailure("`\(path)` was written to while it was read")
      }
      files.withLock {
        $0.served = Served(
          sources: compilation.kept, currency: currency, bundle: supply.digest)
      }
      return policy
    } catch {
      throw PolicyLoadFailure(summary: error.message)
    }
  }

  /// Whether a file on disk is only the beginning of what is served of it.
  private func isBeginning(_ path: String) -> Bool {
    let served = files.withLock { $0.served?.sources.bytes(of: path) }
    return HalfWritten.isBeginning(path, of: path == keys?.path ? keys?.bytes : served)
  }

  private func policy(
    _ compiled: CompiledPolicy, _ ring: KeyRing?
  ) throws(CommandFailure) -> ServedPolicy {
    if let name = CallerReader(compiled.policy).secretHeader {
      throw CommandFailure(
        "a fact of `\(compiled.path)` comes from the header `\(name)`, which holds a secret, and rows "
          + "keep facts: take it from another header")
    }
    let clock = try clock(of: compiled.policy)
    let decider = Decider(compiled.graph)
    let service = RequestService(
      decider, gates: compiled.gates, catalog: compiled.catalog,
      runner: RequestRunner(
        catalog: compiled.catalog, client: client, settings: calls, health: health),
      ledger: ledger, sources: compiled.kept.archive, settings: settings, memory: memory,
      cache: cache,
      clock: { Moment.timestamp }, random: Self.random)
    return ServedPolicy(
      service: service, explainer: RequestExplainer(decider, path: compiled.path),
      catalog: compiled.catalog, keys: ring, moment: { clock.moment(at: Date()) })
  }

  private func clock(of policy: CheckedPolicy) throws(CommandFailure) -> MomentClock {
    do throws(ClockProblem) {
      return try MomentClock(zone: policy.zone, at: Date())
    } catch {
      throw CommandFailure(error)
    }
  }

  private var look: FileLook {
    let (read, served) = files.withLock { ($0.read, $0.served?.sources) }
    var stamps: [String: FileLook.Stamp?] = [:]
    let readFiles = [read, served].compactMap({ $0 }).flatMap(\.files).map(\.path)
    for path in source.watched ?? readFiles { stamps[path] = .some(FileStamp.of(path)) }
    if let keys { stamps[keys.path] = .some(FileStamp.of(keys.path)) }
    return FileLook(stamps)
  }

  static let random: @Sendable () -> (UInt64, UInt64) = {
    let words = RandomWords()
    return { words.next() }
  }()
}
