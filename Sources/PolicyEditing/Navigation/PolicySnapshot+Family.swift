import PolicyCompiler
import PolicySource
import PolicySyntax

/// A policy of the workspace may share imports with others: a name in one of these is a name in all.
extension PolicySnapshot {
  /// Finds the policies that have one of some files, by path, as a part, or ask one in a test.
  package typealias Sharing = (_ files: Set<String>) throws(RenameProblem) -> [PolicySnapshot]

  /// Every place that names the same thing, here and in the policies that share files which name it.
  ///
  /// By path and place; its declaration too if that is wanted.
  package func references(
    at place: Place, withDeclaration: Bool, sharing others: Sharing = { _ in [] },
    real: @escaping (String) -> String = { $0 }
  ) -> [FilePlace] {
    let paths = RealPaths(real)
    guard let key = name(at: place)?.key else { return [] }
    var found: [String: FilePlace] = [:]
    // Where the others cannot be told, this policy's own are still right.
    let family = (try? family(naming: key, others, paths)) ?? [self]
    // A policy that does not parse may be there only because it could share a file.
    let sound = family.filter { $0.path == path || $0.syntaxError == nil }
    let shared = paths.all(sound.flatMap { $0.files(naming: key) })
    for policy in family where policy.isMade(of: shared, real: paths.real) {
      let uses = policy.names.occurrences(of: key).filter { !$0.isDeclaration }.map(\.span)
      for span in (withDeclaration ? policy.declarations(of: key) : []) + uses {
        guard let file = policy.sources[span.file] else { continue }
        let place = "\(paths.real(file.path)):\(span.start)"
        if found[place] == nil { found[place] = FilePlace(file: file, span: span) }
      }
    }
    return found.values.sorted { ($0.file.path, $0.span.start) < ($1.file.path, $1.span.start) }
  }

  /// This policy, and all that name the same thing in a file they share with it or with each other.
  func family(
    naming key: SymbolKey, _ others: Sharing, _ paths: RealPaths
  ) throws(RenameProblem) -> [PolicySnapshot] {
    var family = [self]
    var known: Set<String> = [paths.real(path)]
    var looked: Set<String> = []
    while true {
      let files = paths.all(family.flatMap { $0.files(naming: key) }).subtracting(looked)
      guard !files.isEmpty else { return family }
      looked.formUnion(files)
      for policy in try others(files) where known.insert(paths.real(policy.path)).inserted {
        family.append(policy)
      }
    }
  }

  private func files(naming key: SymbolKey) -> [String] {
    Set(names.occurrences(of: key).map(\.span.file)).compactMap { sources[$0]?.path }
  }

  /// The places in a file that name a thing, as offsets; nil if it is no file of this policy.
  func places(of key: SymbolKey, in path: String, _ paths: RealPaths) -> [UInt32]? {
    let real = paths.real(path)
    guard let file = compilation.files.first(where: { paths.real($0.source.path) == real })
    else { return nil }
    return names.occurrences(of: key).filter { $0.span.file == file.source.id }.map(\.span.start)
  }
}
