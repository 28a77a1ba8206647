import PolicySource

@testable import LedgerExchange

/// A text as a file that is read in pieces of a size.
func pieces(_ text: String, of size: Int = 7) -> BytePieces { pieces(Array(text.utf8), of: size) }

func pieces(_ bytes: [UInt8], of size: Int = 7) -> BytePieces {
  var rest = bytes[...]
  return {
    let piece = Array(rest.prefix(size))
    rest = rest.dropFirst(size)
    return piece
  }
}

let someSource = ImportSource(
  name: "file.csv", digest: StableHash.digest(of: Array("some file".utf8)))

/// All of a file: rows as they came and problems as `line: words`.
struct WholeImport {
  var items: [LedgerImport.Item] = []
  var kind: ImportKind?

  init(
    _ bytes: [UInt8], source: ImportSource = someSource, options: ImportOptions = ImportOptions(),
    piecesOf size: Int = 4096
  ) throws(ImportFailure) {
    var reader = try LedgerImport(pieces(bytes, of: size), source: source, options: options)
    kind = reader.kind
    while let item = try reader.next() { items.append(item) }
  }

  init(
    _ text: String, options: ImportOptions = ImportOptions(), piecesOf size: Int = 4096
  ) throws(ImportFailure) {
    try self.init(Array(text.utf8), options: options, piecesOf: size)
  }

  var rows: [RowMaker.Row] {
    items.compactMap { item in
      if case .success(let row) = item.row { row } else { nil }
    }
  }

  var problems: [String] {
    items.compactMap { item in
      if case .failure(let problem) = item.row { "\(item.line): \(problem)" } else { nil }
    }
  }
}
