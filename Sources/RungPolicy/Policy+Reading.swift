public import Foundation
import PolicyCompiler
import PolicyDiagnostics
import PolicySource
import PolicyUnits
import RoutingRuntime
import ZoneClock

extension Policy {
  /// Reads a policy from disk with all it names: its imports, its catalog, its prompts.
  ///
  /// - Parameters:
  ///   - path: a policy file, or a folder with a `policy.rung` in it. Explanations and findings name
  ///     files by this path.
  ///   - clock: the time of decisions that name none, and the day suppressions that end are held
  ///     against.
  /// - Throws: ``PolicyError`` with every finding if the policy has errors or is not there.
  public convenience init(
    contentsOf path: String, clock: @escaping @Sendable () -> Date = { Date() }
  ) throws(PolicyError) {
    let disk = FileManager.default
    let bytes: (String) -> [UInt8]? = { disk.contents(atPath: $0).map(Array.init) }
    guard let place = Self.place(of: path, bytes) else {
      let message =
        disk.fileExists(atPath: path)
        ? "`\(path)` is no file that can be read, and no folder with a policy.rung in it"
        : "there is no `\(path)`"
      throw PolicyError(message: message, diagnostics: [])
    }
    try self.init(place, clock: clock, reading: bytes)
  }

  /// Reads a policy whose files come from anywhere.
  ///
  /// - Parameters:
  ///   - path: the policy's own path, as explanations and findings shall name it; what it imports is
  ///     asked for by a path relative to its folder.
  ///   - clock: the time of decisions that name none.
  ///   - read: the bytes of a file, nil if there is none. Asked once for each path, before this
  ///     returns.
  /// - Throws: ``PolicyError`` with every finding if the policy has errors.
  public convenience init(
    _ path: String, clock: @escaping @Sendable () -> Date = { Date() },
    reading read: (String) -> [UInt8]?
  ) throws(PolicyError) {
    let days = clock().timeIntervalSince1970 / 86_400
    let today = Int64(exactly: days.rounded(.down)).flatMap { CalendarDate(daysSince1970: $0) }
    let compilation = PolicyCompilation(
      path: path, today: today, zones: { TimeZones.ofThisMachine }, read: read)
    let findings = compilation.diagnostics.map { Diagnostic($0, in: compilation.sources) }
    guard let compiled = compilation.compiled else {
      throw PolicyError(message: compilation.firstError, diagnostics: findings)
    }
    try self.init(Decider(compiled.graph), path: path, warnings: findings, now: clock)
  }

  /// The path of the policy file that is named: itself, or that of the folder.
  private static func place(of path: String, _ bytes: (String) -> [UInt8]?) -> String? {
    if bytes(path) != nil { return path }
    var folder = path
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    let inside = folder == "." ? "policy.rung" : folder + "/policy.rung"
    return bytes(inside) == nil ? nil : inside
  }
}

extension Diagnostic {
  init(_ diagnostic: PolicyDiagnostics.Diagnostic, in sources: SourceMap) {
    severity =
      switch diagnostic.severity {
      case .error: .error
      case .warning: .warning
      case .note: .note
      }
    code = diagnostic.code.rawValue
    message = diagnostic.message
    let file = sources[diagnostic.span.file]
    place = file.map { file in
      let location = file.location(of: diagnostic.span.start)
      return Place(path: file.path, line: location.line, column: location.column)
    }
    notes = diagnostic.notes.map(\.message)
  }
}
