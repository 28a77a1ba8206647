import RoutingEvaluation

/// A gold set named on the command line.
enum GoldFile {
  static func read(_ path: String) throws(CommandFailure) -> GoldSet {
    let file = LineFile(path, "gold set", readBy: "rung eval POLICY --gold -")
    let bytes = try file.bytes()
    do throws(EvaluationProblem) {
      return try GoldSet(bytes, path: path)
    } catch {
      throw CommandFailure(error.description)
    }
  }

  /// The same where every question must say what is right: nothing else will.
  static func checkable(_ path: String) throws(CommandFailure) -> GoldSet {
    let gold = try read(path)
    for item in gold.items where item.check == nil {
      throw CommandFailure("\(item.name): `expect` is missing: say what the answer must have")
    }
    return gold
  }
}

extension RequestFile {
  /// As a caller would send it.
  init(_ item: GoldItem) throws(CommandFailure) {
    do throws(EvaluationProblem) {
      self.init(item.name, try item.request)
    } catch {
      throw CommandFailure(error.description)
    }
  }

  /// As a caller with this system prompt would send it.
  init(_ item: GoldItem, saying prompt: String) throws(CommandFailure) {
    do throws(EvaluationProblem) {
      self.init(item.name, try item.request(saying: prompt))
    } catch {
      throw CommandFailure(error.description)
    }
  }
}
