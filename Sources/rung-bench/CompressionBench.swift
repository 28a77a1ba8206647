import ContextCompression

/// A context of 20 KB held against a question.
enum CompressionBench {
  static func run(_ report: inout Report) {
    let context = text(of: 20 * 1024)
    let messages = [
      ContextMessage(role: .system, texts: ["Answer out of the handbook."]),
      ContextMessage(role: .user, texts: [context]),
      ContextMessage(role: .user, texts: ["What does a door of size 17 at gate 40 cost in May?"]),
    ]
    for (name, method) in [
      ("extractive to 50%", ContextCompressor.Method.extractive(.share(500_000))),
      ("lossless", .lossless),
    ] {
      let compressor = ContextCompressor(method)
      var bytes = 0
      let time = Stopwatch.median(runs: 101) { bytes &+= compressor.compress(messages).bytesAfter }
      report.add(
        "compression of \(context.utf8.count) bytes, \(name)", time / 1_000_000, "ms", atMost: 5)
      if bytes == .min { print(bytes) }
    }
  }

  /// Paragraphs under headings, with numbers and names, no two sentences the same.
  private static func text(of size: Int) -> String {
    let things = ["door", "locker", "counter", "parcel", "receipt", "code", "driver", "hall"]
    let verbs = ["costs", "needs", "opens for", "is kept with", "is sent at", "is booked for"]
    let months = ["January", "March", "May", "July", "September", "November"]
    var text = ""
    var number = 1
    while text.utf8.count < size {
      if number % 24 == 1 { text += "\n\n# Part \(number / 24 + 1)\n\n" }
      let thing = things[number % things.count]
      let verb = verbs[number * 7 % verbs.count]
      text +=
        "The \(thing) of size \(number % 31) at gate \(number * 13 % 97) \(verb) "
        + "\(number % 19).\(number % 10)0 euros in \(months[number * 5 % months.count]). "
      number += 1
    }
    return String(decoding: Array(text.utf8.prefix(size)), as: UTF8.self)
  }
}
