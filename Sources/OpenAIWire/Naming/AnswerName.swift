import JSONWriting

/// What an answer is called on its way out, whoever gave it.
package struct AnswerName: Hashable, Sendable {
  /// The same in every chunk of a stream.
  package var id: String
  /// The model that served, by the catalog's name.
  package var model: String

  package init(id: String, model: String) {
    self.id = id
    self.model = model
  }

  var edits: [MemberEdit] { [.set("id", to: id), .model(model)] }
}

extension MemberEdit {
  /// The member becomes a text.
  package static func set(_ name: String, to text: String) -> MemberEdit {
    var json = JSONWriter(reserving: text.utf8.count + 2)
    json.string(text)
    return .set(name, json.bytes)
  }

  static func model(_ name: String) -> MemberEdit { .set("model", to: name) }
}
