#if os(Linux)
  import Foundation
  import Glibc

  /// The log of a ledger that this process has open, on a disk that takes no write until it is healed.
  struct HurtLog {
    private let kept: [(descriptor: Int32, original: Int32)]

    init(_ ledger: String) throws {
      let log = URL(filePath: ledger + "-wal").resolvingSymlinksInPath().path
      let files = FileManager.default
      let descriptors = try files.contentsOfDirectory(atPath: "/proc/self/fd").filter { name in
        (try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")) == log
      }
      // Opened to be read, it can still be read.
      let readable = unsafe open(log, O_RDONLY)
      defer { close(readable) }
      kept = descriptors.compactMap { Int32($0) }.map { descriptor in
        let original = dup(descriptor)
        dup2(readable, descriptor)
        return (descriptor, original)
      }
    }

    var isHurt: Bool { !kept.isEmpty }

    func heal() {
      for (descriptor, original) in kept {
        dup2(original, descriptor)
        close(original)
      }
    }
  }
#endif
