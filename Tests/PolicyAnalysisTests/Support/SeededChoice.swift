import RoutingTestSupport

extension SplitMix {
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

  mutating func chance(_ part: Int, in whole: Int) -> Bool { below(whole) < part }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

  /// Some of the elements, at least one and at most `most`, in their order.
  mutating func some<Element>(_ elements: [Element], most: Int = .max) -> [Element] {
    var indices = Array(elements.indices)
    while indices.count > 1, indices.count > most || chance(1, in: 2) {
      indices.remove(at: below(indices.count))
    }
    return indices.map { elements[$0] }
  }
}

/// Texts as a policy writes them.
enum Quoted {
  /// In quotes, what is not printable ASCII as an escape.
  static func text(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case " "..."~": quoted.unicodeScalars.append(scalar)
      default: quoted += "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
    return quoted + "\""
  }

  static func list(_ texts: [String]) -> String {
    "(" + texts.map(text).joined(separator: ", ") + ")"
  }
}
