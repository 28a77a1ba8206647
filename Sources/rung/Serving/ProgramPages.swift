#if canImport(Glibc)
  import Foundation
  import Glibc
#endif

/// The pages of the program's own code in memory.
enum ProgramPages {
  /// Lets go of all of them, so that those stay away that were only needed to begin.
  ///
  /// Compiling a policy runs far more code than answering a request. What is needed again comes back from
  /// the file, which the system has at hand: a gateway at rest takes a third of the memory.
  static func letGo() {
    #if canImport(Glibc)
      guard
        let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
        let maps = try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8)
      else { return }
      for line in maps.split(separator: "\n") where line.hasSuffix(" \(program)") {
        let fields = line.split(separator: " ")
        // Code that nobody can have written to is as it stands in the file.
        guard fields.count > 1, fields[1] == "r-xp" else { continue }
        let ends = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
        guard ends.count == 2, let start = unsafe UnsafeMutableRawPointer(bitPattern: ends[0])
        else { continue }
        _ = unsafe madvise(start, Int(ends[1] - ends[0]), MADV_DONTNEED)
      }
    #endif
  }
}
