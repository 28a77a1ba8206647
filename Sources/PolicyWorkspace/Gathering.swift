import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax

/// The files of one policy while they are read.
struct Gathering {
  /// The most files one policy may import, itself counted.
  static let mostFiles = 1000

  private(set) var sources = SourceMap()
  /// The policy first.
  private(set) var files: [PolicyFile] = []
  private(set) var named: [String: PolicyTextFile] = [:]
  private(set) var diagnostics: [Diagnostic] = []
  /// Everything that was read, by the path it was asked for.
  private(set) var kept: [PolicySources.File] = []
  /// Whether a file could not be parsed or not be read.
  private(set) var isIncomplete = false
  /// Whether a file to import could not be read.
  private(set) var lacksImports = false
  /// Those of the files that hold only tests.
  private(set) var tests: Set<SourceID> = []
  /// The path each file was read under.
  private var paths: Set<String> = []
  private var hash = StableHash()
  /// Files that were parsed before, without an error, each by its place among the sources.
  private let earlier: [SourceID: PolicyFile]

  init(reusing earlier: [PolicyFile]) {
    self.earlier = Dictionary(
      earlier.map { ($0.source.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  var fingerprint: StableHash.Digest { hash.digest }

  mutating func readPolicy(_ path: String, _ read: (String) -> [UInt8]?) {
    guard let bytes = read(path) else {
      let source = sources.add(path: path, bytes: [])
      isIncomplete = true
      diagnostics.append(LoadingProblem.missing(path).diagnostic(at: source.span))
      return
    }
    var ancestors: [String] = []
    readFile(path, bytes, &ancestors, read)
  }

  /// Parses a file and then what it imports, depth first; `ancestors` lead here from the policy.
  private mutating func readFile(
    _ path: String, _ bytes: [UInt8], _ ancestors: inout [String], _ read: (String) -> [UInt8]?
  ) {
    let key = PolicyPath.joined(path, to: "")
    kept.append(PolicySources.File(path: path, bytes: bytes))
    paths.insert(key)
    hash.combine(path)
    hash.combine(UInt64(bytes.count))
    hash.append(bytes)
    let file = parse(sources.add(path: path, bytes: bytes))
    ancestors.append(key)
    var own: [String: Span] = [:]
    for declaration in file.declarations {
      guard case .importing(let literal) = declaration.content else { continue }
      let target = PolicyPath.joined(literal.value, to: path)
      if let first = own[target] {
        diagnostics.append(
          LoadingProblem.importedTwice(literal.value, first: first).diagnostic(at: literal.span))
        continue
      }
      own[target] = literal.span
      follow(target, literal, &ancestors, read)
    }
    ancestors.removeLast()
  }

  /// Parses a file of tests; it is no part of what the policy does, and so not of its fingerprint.
  mutating func readTests(_ path: String, _ read: (String) -> [UInt8]?) {
    guard paths.insert(PolicyPath.joined(path, to: "")).inserted else { return }
    guard let bytes = read(path) else {
      let source = sources.add(path: path, bytes: [])
      isIncomplete = true
      diagnostics.append(LoadingProblem.missing(path).diagnostic(at: source.span))
      return
    }
    kept.append(PolicySources.File(path: path, bytes: bytes))
    let source = sources.add(path: path, bytes: bytes)
    tests.insert(source.id)
    parse(source)
  }

  @discardableResult
  private mutating func parse(_ source: SourceFile) -> PolicyFile {
    if let known = earlier[source.id], known.source.path == source.path,
      known.source.bytes == source.bytes
    {
      files.append(known)
      return known
    }
    let parsed = PolicyParser.parse(source)
    files.append(parsed.value)
    diagnostics += parsed.diagnostics
    if parsed.diagnostics.hasErrors { isIncomplete = true }
    return parsed.value
  }

  private mutating func follow(
    _ target: String, _ literal: StringLiteral, _ ancestors: inout [String],
    _ read: (String) -> [UInt8]?
  ) {
    if ancestors.contains(target) {
      report(.circle(literal.value), at: literal.span)
    } else if paths.contains(target) {
      return
    } else if files.count >= Self.mostFiles {
      report(.tooMany(limit: Self.mostFiles), at: literal.span)
    } else if literal.value.isEmpty {
      report(.missing(literal.value), at: literal.span)
    } else if let bytes = read(target) {
      readFile(target, bytes, &ancestors, read)
    } else {
      report(.missing(literal.value), at: literal.span)
    }
  }

  private mutating func report(_ problem: LoadingProblem, at span: Span) {
    diagnostics.append(problem.diagnostic(at: span))
    lacksImports = true
  }

  /// The vocabulary of the policy's own catalog line; nil if there is none that can be read.
  mutating func readCatalog(
    _ read: (String) -> [UInt8]?, _ catalog: (SourceFile) -> (Vocabulary?, [Diagnostic])
  ) -> Vocabulary? {
    guard let policy = files.first else { return nil }
    for declaration in policy.declarations {
      guard case .catalog(let literal) = declaration.content, !literal.value.isEmpty else {
        continue
      }
      let path = PolicyPath.joined(literal.value, to: policy.source.path)
      guard let bytes = read(path) else {
        diagnostics.append(LoadingProblem.missing(literal.value).diagnostic(at: literal.span))
        return nil
      }
      kept.append(PolicySources.File(path: path, bytes: bytes))
      let (vocabulary, found) = catalog(sources.add(path: path, bytes: bytes))
      diagnostics += found
      return found.hasErrors ? nil : vocabulary
    }
    return nil
  }

  /// Reads each file the policy or an import names; one that is missing is left to the checker.
  mutating func readNamedFiles(_ read: (String) -> [UInt8]?) {
    for (index, file) in files.enumerated() {
      for path in NamedFiles.of(file) {
        let key = PolicyPath.key(path, writtenIn: file.source.path, isPolicy: index == 0)
        let place = PolicyPath.joined(path, to: file.source.path)
        guard named[key] == nil, let bytes = read(place),
          let text = String(validating: bytes, as: UTF8.self)
        else { continue }
        kept.append(PolicySources.File(path: place, bytes: bytes))
        if !tests.contains(file.source.id) {
          hash.combine(key)
          hash.combine(UInt64(bytes.count))
          hash.append(bytes)
        }
        named[key] = PolicyTextFile(path: key, text: text)
      }
    }
  }
}
