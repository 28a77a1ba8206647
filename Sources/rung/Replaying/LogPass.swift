import TrafficLog

/// Reads a log as it is handed over.
protocol LogReader {
  mutating func take(_ piece: LogPiece)
  /// Whether no row so far is earlier than the one before it.
  var isInOrder: Bool { get }
}

/// Reads logs through, as they lie if their rows are in the order of their times, and else by an index
/// of those: what comes of them does not hang on their order.
///
/// The second way reads everything twice, and takes 32 bytes of memory for each row.
struct LogPass {
  let files: [LogFile]
  /// Whether the order of the rows matters to whoever reads them.
  let needsOrder: Bool

  /// A log that was begun, and its bytes so far if they came through a pipe.
  private struct Begun {
    let bytes: LogBytes
    let keeping: LogBytes?
  }

  /// `make` is called anew if all has to be read again.
  func read<Reader: LogReader>(_ make: () -> Reader) throws(CommandFailure) -> Reader {
    var reader = make()
    var begun: [Begun] = []
    for file in files {
      let bytes = try LogBytes(opening: file.path)
      let keeping = needsOrder && !bytes.isFile ? try LogBytes(sparing: file.path) : nil
      begun.append(Begun(bytes: bytes, keeping: keeping))
      let isWanted = try file.read(from: bytes, keeping: keeping) { piece in
        reader.take(piece)
        return !needsOrder || reader.isInOrder
      }
      guard isWanted, !needsOrder || reader.isInOrder else {
        return try readSorted(make, begun)
      }
    }
    return reader
  }

  private func readSorted<Reader: LogReader>(
    _ make: () -> Reader, _ begun: [Begun]
  ) throws(CommandFailure) -> Reader {
    var index = LogIndex()
    var sources: [LogBytes] = []
    for (place, file) in files.enumerated() {
      let known = place < begun.count ? begun[place] : nil
      let bytes = if let known { known.bytes } else { try LogBytes(opening: file.path) }
      var source = bytes
      if !bytes.isFile {
        source =
          if let kept = known?.keeping { kept } else { try LogBytes(sparing: file.path) }
        while true {
          let piece = try bytes.next()
          guard !piece.isEmpty else { break }
          try source.append(piece)
        }
      }
      source.rewind()
      sources.append(try file.add(source, to: &index))
    }
    index.sort()
    var reader = make()
    reader.take(.problems(of: index))
    var lines = NumberedLines()
    var place = 0
    while place < index.entries.count {
      place = try add(index.entries, from: place, sources, to: &lines)
      guard lines.bytes.count >= LogBytes.piece || place == index.entries.count else { continue }
      reader.take(.numbered(lines))
      lines = NumberedLines()
    }
    return reader
  }

  /// Adds the rows from a place on that lie behind one another; says where the next ones begin.
  private func add(
    _ entries: [LogIndex.Entry], from first: Int, _ sources: [LogBytes],
    to lines: inout NumberedLines
  ) throws(CommandFailure) -> Int {
    let start = entries[first].offset
    var last = first
    while last + 1 < entries.count {
      let (this, next) = (entries[last], entries[last + 1])
      guard next.file == this.file, next.offset >= this.end, next.offset - this.end < 64,
        next.end - start <= LogBytes.piece
      else { break }
      last += 1
    }
    let bytes = try sources[Int(entries[first].file)].bytes(start..<entries[last].end)
    for entry in entries[first...last] {
      lines.add(bytes[(entry.offset - start)..<(entry.end - start)], line: entry.line)
    }
    return last + 1
  }
}
