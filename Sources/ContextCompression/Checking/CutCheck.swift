/// Whether cuts fall where nothing is torn apart.
///
/// A cut stands behind the end of a sentence or of a line, and outside of fences, inline code, quotes,
/// tables and JSON. It is judged from the bytes around it, in one pass.
enum CutCheck {
  /// The first problem of cuts in ascending order.
  static func problem(of cuts: [Int], in source: [UInt8]) -> SpanProblem? {
    let inner = cuts.filter { $0 > 0 && $0 < source.count }
    guard !inner.isEmpty else { return nil }
    for cut in inner where !endsSomething(cut, source) { return .cutInsideSentence }
    for cut in inner where isBetweenRows(cut, source) { return .cutInsideTable }
    if tearsFences(inner, source) { return .cutInsideCode }
    if tearsPairs(inner, source) { return .cutInsideSentence }
    return tearsJSON(inner, source) ? .cutInsideJSON : nil
  }

  // MARK: - Around a cut

  /// Behind `.`, `!`, `?` and closing marks with a space somewhere around, behind `。`, or at the end
  /// of a line that does not go on.
  private static func endsSomething(_ cut: Int, _ source: [UInt8]) -> Bool {
    var before = cut
    var newlines = 0
    while before > 0, isSpace(source[before - 1]) {
      before -= 1
      if source[before] == 0x0A { newlines += 1 }
    }
    var after = cut
    while after < source.count, isSpace(source[after]) {
      if source[after] == 0x0A { newlines += 1 }
      after += 1
    }
    if before == 0 || after == source.count || newlines >= 2 { return true }
    let isSmall = (0x61...0x7A).contains(source[after])
    var final = before
    while final > 0, isCloser(source, final) { final -= closerSize(source, final) }
    guard final > 0 else { return newlines > 0 }
    let last = source[final - 1]
    if last == 0x2E || last == 0x21 || last == 0x3F {
      return after > before && (!isSmall || newlines > 0)
    }
    if final >= 3 {
      switch (source[final - 3], source[final - 2], last) {
      case (0xE3, 0x80, 0x82), (0xEF, 0xBC, 0x81), (0xEF, 0xBC, 0x9F), (0xEF, 0xBD, 0xA1),
        (0xE0, 0xA5, 0xA4), (0xE0, 0xA5, 0xA5):
        return true
      default: break
      }
    }
    if final >= 2 {
      switch (source[final - 2], last) {
      case (0xD8, 0x9F), (0xDB, 0x94): return true
      default: break
      }
    }
    guard newlines > 0 else { return false }
    switch last {
    case 0x3A, 0x3B, 0x3E, 0x5D, 0x60, 0x7C, 0x7D, 0x7E: return true
    default: break
    }
    return !isSmall || startsBlock(lineStart(before, source), source)
      || after - lineStart(after, source) >= 4
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte >= 0x09 && byte <= 0x0D
  }

  private static func isCloser(_ source: [UInt8], _ end: Int) -> Bool {
    closerSize(source, end) > 0
  }

  /// Bytes of a closing mark that ends here.
  private static func closerSize(_ source: [UInt8], _ end: Int) -> Int {
    switch source[end - 1] {
    case 0x22, 0x27, 0x29, 0x5D, 0x2A, 0x5F: return 1
    case 0x99, 0x9D: return end >= 3 && source[end - 3] == 0xE2 && source[end - 2] == 0x80 ? 3 : 0
    case 0xBB: return end >= 2 && source[end - 2] == 0xC2 ? 2 : 0
    case 0x8D, 0x8F, 0x91:
      return end >= 3 && source[end - 3] == 0xE3 && source[end - 2] == 0x80 ? 3 : 0
    case 0x89: return end >= 3 && source[end - 3] == 0xEF && source[end - 2] == 0xBC ? 3 : 0
    default: return 0
    }
  }

  private static func lineStart(_ place: Int, _ source: [UInt8]) -> Int {
    var start = place
    while start > 0, source[start - 1] != 0x0A { start -= 1 }
    return start
  }

  /// A heading, an item of a list, a rule: the next line is no continuation of it.
  private static func startsBlock(_ start: Int, _ source: [UInt8]) -> Bool {
    var first = start
    while first < source.count, source[first] == 0x20 || source[first] == 0x09 { first += 1 }
    guard first < source.count else { return true }
    switch source[first] {
    case 0x23, 0x2D, 0x2A, 0x2B, 0x3D, 0x7C, 0x3E, 0x40, 0x7B, 0x7D, 0x5B, 0x5D, 0xE2: return true
    case 0x30...0x39: return true
    default: return first - start >= 4
    }
  }

  /// Two lines with bars, one right behind the other.
  private static func isBetweenRows(_ cut: Int, _ source: [UInt8]) -> Bool {
    var before = cut
    while before > 0, isSpace(source[before - 1]) { before -= 1 }
    var after = cut
    while after < source.count, isSpace(source[after]) { after += 1 }
    guard before > 0, after < source.count,
      source[before..<after].count(where: { $0 == 0x0A }) == 1
    else { return false }
    var end = after
    while end < source.count, source[end] != 0x0A { end += 1 }
    return source[lineStart(before, source)..<before].contains(0x7C)
      && source[after..<end].contains(0x7C)
  }

  // MARK: - Pairs

  /// Fences are counted: within one, a cut has an odd number of them before it.
  private static func tearsFences(_ cuts: [Int], _ source: [UInt8]) -> Bool {
    var next = 0
    /// The mark and length of the fence that is open.
    var open: (mark: UInt8, count: Int)?
    var start = 0
    while start < source.count, next < cuts.count {
      var end = start
      while end < source.count, source[end] != 0x0A { end += 1 }
      let line = source[start..<end]
      let text = line.drop { $0 == 0x20 || $0 == 0x09 }
      let wasOpen = open != nil
      if let mark = text.first, mark == 0x60 || mark == 0x7E {
        let count = text.prefix { $0 == mark }.count
        let rest = text.dropFirst(count)
        if let fence = open {
          if mark == fence.mark, count >= fence.count, rest.allSatisfy(isSpace) { open = nil }
        } else if count >= 3, mark == 0x7E || !rest.contains(0x60) {
          open = (mark, count)
        }
      }
      while next < cuts.count, cuts[next] <= end {
        // At its own beginning a fence is not yet open; at the end of its last line no longer.
        let isBefore = cuts[next] <= text.startIndex
        if isBefore ? wasOpen : open != nil { return true }
        next += 1
      }
      start = end + 1
    }
    return next < cuts.count && open != nil
  }

  private static func holdsFence(_ line: ArraySlice<UInt8>) -> Bool {
    var run = 0
    for byte in line {
      run = byte == 0x60 || byte == 0x7E ? run + 1 : 0
      if run == 3 { return true }
    }
    return false
  }

  /// Quotes of a paragraph and ticks of a line, where they come in pairs.
  private static func tearsPairs(_ cuts: [Int], _ source: [UInt8]) -> Bool {
    var next = 0
    var start = 0
    while start < source.count, next < cuts.count {
      var end = start
      while end < source.count, source[end] != 0x0A { end += 1 }
      let ticks = source[start..<end].count { $0 == 0x60 }
      let quotes = source[start..<end].count { $0 == 0x22 }
      // Without what stands before it, a mark in the middle of a line would open a fence.
      let text = source[start..<end].drop { $0 == 0x20 || $0 == 0x09 }
      let opensInside = holdsFence(text.drop { $0 == 0x60 || $0 == 0x7E })
      var seenTicks = 0
      var seenQuotes = 0
      var place = start
      while next < cuts.count, cuts[next] <= end {
        while place < cuts[next] {
          if source[place] == 0x60 { seenTicks += 1 }
          if source[place] == 0x22 { seenQuotes += 1 }
          place += 1
        }
        if opensInside, cuts[next] > text.startIndex,
          !source[cuts[next]..<end].allSatisfy(isSpace)
        {
          return true
        }
        if ticks % 2 == 0, seenTicks % 2 == 1 { return true }
        if quotes % 2 == 0, seenQuotes % 2 == 1 { return true }
        next += 1
      }
      start = end + 1
    }
    return false
  }

  /// Objects and arrays that begin a line and close, strings read as strings.
  private static func tearsJSON(_ cuts: [Int], _ source: [UInt8]) -> Bool {
    var next = 0
    var start = 0
    var tries = 64
    while start < source.count, next < cuts.count, tries > 0 {
      var first = start
      while first < source.count, source[first] == 0x20 || source[first] == 0x09 { first += 1 }
      var end = start
      if first < source.count, source[first] == 0x7B || source[first] == 0x5B {
        if let close = closing(first, source) {
          while next < cuts.count, cuts[next] <= first { next += 1 }
          // A link in brackets at the beginning of a line is none of ours.
          let holdsKey = source[first..<close].contains(0x22)
          if holdsKey, next < cuts.count, cuts[next] < close { return true }
          end = close
        } else {
          tries -= 1
        }
      }
      while end < source.count, source[end] != 0x0A { end += 1 }
      start = end + 1
    }
    return false
  }

  private static func closing(_ start: Int, _ source: [UInt8]) -> Int? {
    var depth = 0
    var place = start
    var isString = false
    while place < source.count {
      let byte = source[place]
      if isString {
        if byte == 0x5C {
          place += 1
        } else if byte == 0x22 {
          isString = false
        } else if byte == 0x0A {
          return nil
        }
      } else if byte == 0x22 {
        isString = true
      } else if byte == 0x7B || byte == 0x5B {
        depth += 1
      } else if byte == 0x7D || byte == 0x5D {
        depth -= 1
        if depth == 0 { return place + 1 }
      }
      place += 1
    }
    return nil
  }
}
