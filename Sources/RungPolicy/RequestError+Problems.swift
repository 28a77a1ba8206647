import JSONReading
import OpenAIWire
import PolicyGraph
import RoutingDryRuns
import RoutingRequests

extension RequestError {
  init(_ problem: DryRunProblem) {
    var place: (line: Int, column: Int)?
    switch problem {
    case .wire(let problem):
      code = problem.code
      place = problem.place.map { ($0.line, $0.column) }
    case .content(.media): code = "unsupported_content"
    case .content(.pricedField), .content(.routingField): code = "unsupported_field"
    case .situation(.unknownName): code = "unknown_name"
    case .situation(.undeclaredFact): code = "undeclared_fact"
    case .situation(.badUse): code = "bad_budget_use"
    case .situation(.badShare): code = "bad_acceptance"
    case .fact(.missing): code = "fact_missing"
    case .fact(.outsideType): code = "fact_invalid"
    case .fact(.textTooLong): code = "text_too_long"
    case .time: code = "bad_time"
    }
    message = "\(problem)"
    line = place?.line
    column = place?.column
  }
}
