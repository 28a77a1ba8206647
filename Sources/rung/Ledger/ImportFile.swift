import Foundation
import LedgerExchange
import PolicySource

/// A file that is read more than once, from the same open file: one that is replaced meanwhile does
/// not change what is read.
final class ImportFile {
  let path: String
  private let handle: FileHandle
  private static let pieceSize = 1 << 20

  init(_ path: String) throws(CommandFailure) {
    guard path != "-" else {
      throw CommandFailure("an import is read twice: write standard input to a file first")
    }
    guard let isFolder = Files.isFolder(path) else {
      throw CommandFailure("there is no `\(path)`")
    }
    guard !isFolder, let handle = FileHandle(forReadingAtPath: path) else {
      throw CommandFailure("`\(path)` cannot be read as a file")
    }
    self.path = path
    self.handle = handle
  }

  /// Its name without the folder.
  var name: String { URL(filePath: path).lastPathComponent }

  /// Of all its bytes.
  func digest() throws(ImportFailure) -> StableHash.Digest {
    var hash = StableHash()
    let more = try pieces()
    while true {
      let piece = try more()
      if piece.isEmpty { return hash.digest }
      hash.append(piece)
    }
  }

  /// Its bytes from the beginning.
  func pieces() throws(ImportFailure) -> BytePieces {
    do {
      try handle.seek(toOffset: 0)
    } catch {
      throw .cannotRead(reason: Files.reason(error))
    }
    return { [handle] () throws(ImportFailure) in
      do {
        return Array(try handle.read(upToCount: Self.pieceSize) ?? Data())
      } catch {
        throw .cannotRead(reason: Files.reason(error))
      }
    }
  }
}
