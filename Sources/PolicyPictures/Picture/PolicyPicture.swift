/// A policy as it is written, as boxes and arrows: what every picture of it is made from.
///
/// Holds no places on a sheet and no colours; ``PictureLayout`` gives it the first, a format the
/// second. All arrays are in written order, so the same policy makes the same picture.
package struct PolicyPicture: Sendable {
  /// The policy's path as it was given.
  package var path: String
  package var nodes: [Node] = []
  package var edges: [Edge] = []
  package var groups: [Group] = []

  package init(path: String) { self.path = path }
}

extension PolicyPicture {
  /// A box.
  package struct Node: Sendable {
    /// Made of names, so that it is stable while the policy grows: `route.faq.use`.
    package var id: String
    package var kind: Kind
    /// Index of the group it stands in; nil for none.
    package var group: Int?
    /// Its place in a list whose order is meaning, from 1; nil where order says nothing.
    package var number: Int?
    /// Empty where the lines say it all.
    package var title: String
    package var lines: [Line]
    package var place: Place?

    package init(
      id: String, kind: Kind, group: Int? = nil, number: Int? = nil, title: String = "",
      lines: [Line] = [], place: Place? = nil
    ) {
      self.id = id
      self.kind = kind
      self.group = group
      self.number = number
      self.title = title
      self.lines = lines
      self.place = place
    }

    package enum Kind: String, Hashable, Sendable, CaseIterable {
      /// Where a request comes in.
      case request
      case task, condition, points, classifier, compress, gate, budget
      case guarding = "guard"
      /// A route with its condition, or `otherwise`.
      case route
      /// What a route does: its effects and its `use` or `split`.
      case action
      case refusal
      case arm, fallback
      case tier
      /// What an exhausted ladder gives back.
      case outcome
      /// Where an accepted answer leaves a ladder.
      case answer
    }
  }

  package struct Line: Hashable, Sendable {
    package var kind: Kind
    package var text: String
    package var place: Place?

    package init(_ kind: Kind, _ text: String, _ place: Place? = nil) {
      self.kind = kind
      self.text = text
      self.place = place
    }

    package enum Kind: String, Hashable, Sendable, CaseIterable {
      /// When it holds, or what must hold of an answer.
      case condition
      /// Something done beside the call; its first word is the keyword.
      case effect
      /// The call itself: `use support`, `split by user`.
      case use
      case refuse
      case option
      /// From which imported file a declaration comes.
      case origin
      /// What one request showed here; in a picture of the policy alone there is none.
      case observed
    }
  }

  package struct Edge: Hashable, Sendable {
    package var from: End
    /// Index of the line of `from` it leaves; nil for the box as a whole.
    package var line: Int?
    package var to: End
    package var kind: Kind
    package var label: String

    package init(_ kind: Kind, _ label: String = "", from: End, line: Int? = nil, to: End) {
      self.kind = kind
      self.label = label
      self.from = from
      self.line = line
      self.to = to
    }

    package enum Kind: String, Hashable, Sendable, CaseIterable {
      /// To what is asked first.
      case start
      case no, yes
      case fallback
      /// To an arm of a split.
      case share
      /// To the ladder a `use` names.
      case ladder
      case shadow
      case climb, accept, exhausted
    }
  }

  /// Index of a node, or of a group as a whole.
  package enum End: Hashable, Sendable {
    case node(Int)
    case group(Int)
  }

  /// Boxes that belong together.
  package struct Group: Sendable {
    package var id: String
    package var kind: Kind
    package var title: String
    package var lines: [Line]
    package var place: Place?

    package init(id: String, kind: Kind, title: String, lines: [Line] = [], place: Place? = nil) {
      self.id = id
      self.kind = kind
      self.title = title
      self.lines = lines
      self.place = place
    }

    package enum Kind: String, Hashable, Sendable, CaseIterable {
      case tasks, guards, conditions, points, classifiers, budgets, compressions, gates
      case routes
      case ladder
    }
  }

  /// What a box was written as, 1-based, the end exclusive.
  package struct Place: Hashable, Sendable {
    package var path: String
    package var line: Int
    package var column: Int
    package var endLine: Int
    package var endColumn: Int

    package init(path: String, line: Int, column: Int, endLine: Int, endColumn: Int) {
      self.path = path
      self.line = line
      self.column = column
      self.endLine = endLine
      self.endColumn = endColumn
    }
  }
}
