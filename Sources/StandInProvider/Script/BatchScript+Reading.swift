import JSONReading

extension BatchScript {
  /// Reads the member `batches` of a script.
  ///
  /// ```json
  /// {"polls": 2, "ending": "completed", "strangers": 1, "in_order": true,
  ///  "lines": [{"contains": "item 3", "gives": "error"}],
  ///  "faults": [{"at": "poll", "fault": "server_error", "times": 3}]}
  /// ```
  init(_ value: JSONValue) throws(ScriptProblem) {
    self.init()
    for (key, value) in try value.checkedMembers() {
      switch key {
      case "polls": polls = Int(try value.count())
      case "ending": ending = try value.word(Ending.self)
      case "strangers": strangers = Int(try value.count())
      case "in_order": reverses = !(try value.truth())
      case "lines":
        lines = try value.list { value throws(ScriptProblem) in try LineRule(value) }
      case "faults":
        faults = try value.list { value throws(ScriptProblem) in try Fault(value) }
      default: throw ScriptProblem("unknown key `\(key)` of batches", at: value)
      }
    }
  }
}

extension BatchScript.LineRule {
  fileprivate init(_ value: JSONValue) throws(ScriptProblem) {
    self.init(contains: "", gives: .error)
    for (key, value) in try value.checkedMembers() {
      switch key {
      case "contains": contains = try value.text()
      case "gives": gives = try value.word(Outcome.self)
      default: throw ScriptProblem("unknown key `\(key)` of a line", at: value)
      }
    }
  }
}

extension BatchScript.Fault {
  fileprivate init(_ value: JSONValue) throws(ScriptProblem) {
    self.init(at: .poll, .serverError)
    for (key, value) in try value.checkedMembers() {
      switch key {
      case "at": at = try value.word(Call.self)
      case "fault": kind = try value.word(Kind.self)
      case "times": times = Int(try value.count())
      default: throw ScriptProblem("unknown key `\(key)` of a fault", at: value)
      }
    }
  }
}

extension JSONValue {
  fileprivate func word<Word: RawRepresentable & CaseIterable>(
    _ type: Word.Type
  ) throws(ScriptProblem) -> Word where Word.RawValue == String {
    guard let word = Word(rawValue: try text()) else {
      let known = Word.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
      throw ScriptProblem("one of \(known) must stand here", at: self)
    }
    return word
  }
}
