import JSONWriting
import PolicyExplain

extension Explanation {
  init(_ explanation: PolicyExplain.Explanation) {
    text = ExplanationText(explanation).text + "\n"
    var json = JSONWriter(.indented)
    ExplanationJSON.write(explanation, to: &json)
    self.json = json.text + "\n"
  }
}
