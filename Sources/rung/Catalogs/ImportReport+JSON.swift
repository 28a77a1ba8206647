import CatalogImport
import JSONWriting
import PolicySemantics

extension ImportReport {
  /// `{"version":1,"entries":…,"imported":…,"set_aside":…,"refused":…,"models":[…]}`: every entry
  /// with its outcome, in the order of the list.
  var json: String {
    var json = JSONWriter(.indented)
    json.object { json in
      json.member("version", 1)
      json.member("file", file)
      json.member("catalog", orNull: output)
      json.member("listed", draft.total)
      json.member("entries", draft.entries.count)
      json.member("imported", draft.entries.count { $0.model != nil && $0.doubts.isEmpty })
      json.member("set_aside", draft.entries.count { !$0.doubts.isEmpty })
      json.member("refused", draft.entries.count { $0.refusal != nil })
      json.array("providers_without_address") { json in
        for provider in draft.providersWithoutAddress { json.string(provider) }
      }
      json.object("unread_keys") { json in
        for (key, count) in draft.unread { json.member(key, count) }
      }
      json.array("models") { json in
        for entry in draft.entries { Self.write(entry, to: &json) }
      }
    }
    return json.text
  }

  private static func write(_ entry: ImportedEntry, to json: inout JSONWriter) {
    json.object { json in
      json.member("name", entry.name)
      json.member("mode", orNull: entry.mode)
      json.member("provider", orNull: entry.provider)
      switch entry.outcome {
      case .imported(let model):
        json.member("outcome", "imported")
        write(model, to: &json)
      case .setAside(let model, let doubts):
        json.member("outcome", "set_aside")
        json.member("reason", doubts.reason)
        write(model, to: &json)
      case .refused(let refusal):
        json.member("outcome", "refused")
        json.member("code", refusal.code)
        json.member("reason", refusal.words)
      }
    }
  }

  private static func write(_ model: DraftModel, to json: inout JSONWriter) {
    json.member("catalog_name", model.word)
    json.member("upstream", model.upstream)
    json.array("notes") { json in
      for note in model.notes {
        json.object { json in
          json.member("code", note.code)
          json.member("says", note.words)
        }
      }
    }
  }
}
