import CSimdJSON

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Many JSON texts, one behind the other, read together: a piece of a log.
///
/// Reads as strictly as ``JSONText`` and says less of what is wrong: a text that is no JSON is a
/// problem with its place, and reading goes on behind the end of its line.
package struct JSONLines: Sendable {
  package let bytes: [UInt8]
  private var nodes: [csimdjson_node] = []
  /// The outermost node of each text that was read, in order.
  private var roots: [Int] = []
  /// The texts that could not be read: where, as a byte offset, and why.
  package private(set) var problems: [(offset: Int, problem: JSONProblem)] = []

  /// Reads whole lines: O(bytes).
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var start = 0
    while start < bytes.count {
      guard let next = read(from: start) else { break }
      start = next
    }
  }

  package var count: Int { roots.count }

  /// The bytes of a text, brackets included.
  package func range(of text: Int) -> Range<Int> {
    let node = nodes[roots[text]]
    return Int(node.start)..<Int(node.end)
  }

  /// How many lines end in a part of the bytes.
  package func lineEnds(in range: Range<Int>) -> Int {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      let part = unsafe UnsafeBufferPointer(rebasing: buffer[range])
      guard let base = part.baseAddress else { return 0 }
      return unsafe csimdjson_line_ends(base, part.count)
    }
  }

  /// Reads on from an offset; nil once everything was read, else behind the line that was wrong.
  private mutating func read(from start: Int) -> Int? {
    let first = nodes.count
    var complete: UInt32 = 0
    let hasFailed = append(from: start, complete: &complete)
    let end = first + Int(complete)
    var root = first
    while root < end {
      roots.append(root)
      root = Int(nodes[root].next)
    }
    guard hasFailed else { return nil }
    nodes.removeLast(nodes.count - end)
    // The text that is wrong begins behind the last one that is right, and is blamed for its line.
    var bad = complete == 0 ? start : Int(nodes[roots.last ?? 0].end)
    while bad < bytes.count, bytes[bad].isSpace { bad += 1 }
    let lineEnd = bytes[bad...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    do throws(JSONProblem) {
      _ = try JSONText(Array(bytes[bad..<lineEnd]))
      // Nothing is wrong with it: the machine had no room for so much at a time.
      problems.append((bad, JSONProblem(.noMemory, atEndOf: Array(bytes[bad..<lineEnd]))))
    } catch {
      problems.append((bad, error))
    }
    return lineEnd + 1
  }

  /// Appends the nodes of all texts from `start` on, with places as of the whole; true if one of them
  /// is wrong.
  private mutating func append(from start: Int, complete: inout UInt32) -> Bool {
    let first = nodes.count
    let length = bytes.count - start
    var found: [csimdjson_node] = []
    var hasFailed = true
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let text = unsafe base + start
      unsafe withUnsafeTemporaryAllocation(of: csimdjson_error.self, capacity: 1) { errors in
        guard let error = errors.baseAddress else { return }
        // What one text of so many places may need; of many small ones each place may be a value.
        let needed = unsafe 2 * Int(csimdjson_index(text, length, error))
        if unsafe error.pointee.code == CSIMDJSON_OK.rawValue {
          found = unsafe [csimdjson_node](unsafeUninitializedCapacity: needed) { nodes, count in
            guard let first = nodes.baseAddress else { return }
            unsafe count = Int(
              csimdjson_walk_all(text, length, first, UInt32(clamping: needed), &complete, error))
          }
        }
        hasFailed = unsafe error.pointee.code != CSIMDJSON_OK.rawValue
      }
    }
    if start == 0 {
      nodes = found
    } else {
      for var node in found {
        node.start += UInt32(start)
        node.end += UInt32(start)
        node.next += UInt32(first)
        nodes.append(node)
      }
    }
    return hasFailed
  }
}

// MARK: Members by name

/// Names of members that are looked for in many objects.
package struct JSONColumns: Sendable {
  package let names: [String]
  fileprivate let bytes: [UInt8]
  fileprivate let ends: [UInt32]
  /// By length, first and last byte the first name, and by name the next; from 1, 0 for none.
  fileprivate let slots: [UInt16]
  fileprivate let nexts: [UInt16]

  package init(_ names: [String]) {
    self.names = names
    var bytes: [UInt8] = []
    var ends: [UInt32] = []
    for name in names {
      bytes += name.utf8
      ends.append(UInt32(clamping: bytes.count))
    }
    self.bytes = bytes
    self.ends = ends
    var slots = [UInt16](repeating: 0, count: Int(CSIMDJSON_SLOTS))
    var nexts: [UInt16] = []
    for (place, name) in names.enumerated() {
      let slot = unsafe Array(name.utf8).withUnsafeBufferPointer { buffer in
        unsafe buffer.baseAddress.map { unsafe csimdjson_slot($0, buffer.count) } ?? 0
      }
      nexts.append(slots[slot])
      slots[slot] = UInt16(place + 1)
    }
    self.slots = slots
    self.nexts = nexts
  }
}

/// What an object has under one of the names.
package struct JSONCell: Sendable {
  let cell: csimdjson_cell

  package var isThere: Bool { cell.node != 0 && kind != CSIMDJSON_NULL }
  /// In the bytes of the lines, quotes and brackets included.
  package var range: Range<Int> { Int(cell.start)..<Int(cell.end) }
  /// Of a string what stands between its quotes, of anything else the whole.
  package var content: Range<Int> {
    isString ? Int(cell.start) + 1..<Int(cell.end) - 1 : range
  }
  package var isString: Bool { isThere && kind == CSIMDJSON_STRING }
  package var isObject: Bool { isThere && kind == CSIMDJSON_OBJECT }
  package var isArray: Bool { isThere && kind == CSIMDJSON_ARRAY }
  package var isNumber: Bool { isThere && kind == CSIMDJSON_NUMBER }
  package var isTrue: Bool { cell.node != 0 && kind == CSIMDJSON_TRUE }
  /// A string with an escape: its bytes are not its text.
  package var isEscaped: Bool { cell.info & UInt32(CSIMDJSON_ESCAPED) != 0 }
  /// Nil unless it is a number without a point or an exponent that fits.
  package var whole: Int64? { cell.is_whole != 0 ? cell.whole : nil }
  /// The object it is, for ``JSONLines/pick(_:in:into:)``.
  package var object: Int { Int(cell.node) }

  private var kind: csimdjson_kind {
    csimdjson_kind(rawValue: cell.info & UInt32(CSIMDJSON_KIND_MASK))
  }
}

extension JSONCell {
  /// The text of a string with its escapes taken for what they stand for; nil for anything else.
  package func text(in bytes: [UInt8]) -> String? {
    guard isString else { return nil }
    return try? JSONText(Array(bytes[range])).root.string
  }
}

extension JSONLines {
  /// The outermost value of a text, for ``pick(_:in:into:)``; nil if it is no object.
  package func object(of text: Int) -> Int? {
    nodes[roots[text]].kind == CSIMDJSON_OBJECT ? roots[text] : nil
  }

  /// Fills one cell for each column and says how many other members the object has.
  ///
  /// `cells` is given its length here; reused, it is not allocated again.
  @discardableResult
  package func pick(_ columns: JSONColumns, in object: Int, into cells: inout [JSONCell]) -> Int {
    let count = columns.ends.count
    if cells.count != count {
      cells = Array(repeating: JSONCell(cell: csimdjson_cell()), count: count)
    }
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe nodes.withUnsafeBufferPointer { nodes in
        unsafe columns.withPointers { names, ends, slots, nexts in
          unsafe cells.withUnsafeMutableBytes { cells in
            guard let bytes = bytes.baseAddress, let nodes = nodes.baseAddress,
              let first = cells.baseAddress
            else { return 0 }
            return unsafe Int(
              csimdjson_pick(
                bytes, nodes, UInt32(object), names, ends, UInt32(count), slots, nexts,
                first.assumingMemoryBound(to: csimdjson_cell.self)))
          }
        }
      }
    }
  }

  /// Hands over the elements of an array, in order; their ``JSONCell/whole`` is not read.
  package func forEachElement(of array: Int, _ take: (JSONCell) -> Void) {
    let end = Int(nodes[array].next)
    var place = array + 1
    while place < end {
      let node = nodes[place]
      var cell = csimdjson_cell()
      cell.node = UInt32(place)
      cell.start = node.start
      cell.end = node.end
      cell.info = node.info
      take(JSONCell(cell: cell))
      place = Int(node.next)
    }
  }
}

extension JSONColumns {
  fileprivate func withPointers(
    _ body: (
      UnsafePointer<UInt8>, UnsafePointer<UInt32>, UnsafePointer<UInt16>, UnsafePointer<UInt16>
    ) -> Int
  ) -> Int {
    unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe ends.withUnsafeBufferPointer { ends in
        unsafe slots.withUnsafeBufferPointer { slots in
          unsafe nexts.withUnsafeBufferPointer { nexts in
            guard let bytes = bytes.baseAddress, let ends = ends.baseAddress,
              let slots = slots.baseAddress, let nexts = nexts.baseAddress
            else { return 0 }
            return unsafe body(bytes, ends, slots, nexts)
          }
        }
      }
    }
  }
}

/// Bytes held against each other where they lie.
package enum ByteRuns {
  /// A number for a run, the same within one process; two that differ may share one.
  package static func hash(_ run: Range<Int>, in bytes: [UInt8]) -> UInt64 {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      let part = unsafe UnsafeBufferPointer(rebasing: buffer[run])
      guard let base = part.baseAddress else { return 0 }
      return unsafe csimdjson_hash(base, part.count)
    }
  }

  /// Whether two runs have the same bytes.
  package static func areSame(
    _ run: Range<Int>, in bytes: [UInt8], _ other: Range<Int>, of others: [UInt8]
  ) -> Bool {
    guard run.count == other.count else { return false }
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      unsafe others.withUnsafeBufferPointer { others in
        guard let one = bytes.baseAddress, let two = others.baseAddress else { return true }
        return unsafe memcmp(one + run.lowerBound, two + other.lowerBound, run.count) == 0
      }
    }
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { self == 0x20 || self == 0x0a || self == 0x0d || self == 0x09 }
}
