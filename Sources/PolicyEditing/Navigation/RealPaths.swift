/// Where files really are: one file may be named by several paths, through symbolic links.
///
/// Asked of the disk anew each time, but only once a path.
final class RealPaths {
  private let resolve: (String) -> String
  private var known: [String: String] = [:]

  init(_ resolve: @escaping (String) -> String) { self.resolve = resolve }

  func real(_ path: String) -> String {
    if let real = known[path] { return real }
    let real = resolve(path)
    known[path] = real
    return real
  }

  func all(_ paths: some Sequence<String>) -> Set<String> { Set(paths.map(real)) }
}
