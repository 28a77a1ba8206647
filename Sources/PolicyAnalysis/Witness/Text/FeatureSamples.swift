import PolicySemantics

/// Texts that have a feature and as little else as possible.
enum FeatureSamples {
  static func samples(of feature: TextFeature) -> [String] {
    switch feature {
    case .code:
      [
        "```swift\nlet answer = question\n```", "```\nx = y\n```", "#include <vector>",
        "def main(argument):", "SELECT name FROM people WHERE name = other;",
      ]
    case .json: ["{\"name\": \"value\"}", "{\"list\": [true]}", "{\"n\": 1}"]
    case .table:
      [
        "\n| name | place |\n|------|-------|\n| one | two |\n",
        "<table><tr><td>name</td></tr></table>", "a\tb\nc\td\ne\tf",
      ]
    case .url: ["https://example.com/page", "www.example.com", "http://example.org"]
    case .numbers: ["7", "12", "3", "1999"]
    case .email: ["name@example.com", "someone@example.org"]
    case .phone: ["+49 30 1234567", "555-123-4567", "(555) 234-5678"]
    case .card: ["4111 1111 1111 1111", "4111111111111111", "5555 5555 5555 4444"]
    case .secret:
      [
        // Split, so that no scanner takes the sources for a leak.
        "AKIA" + "Z7QW3MNB5VCX2RTY", "ghp_" + "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5",
        "api_key = \"4f9Xb2LmQ8zRt7Vw1KcY6HjN3PdS5GaE\"",
        "sk-" + "proj-4f9Xb2LmQ8zRt7Vw1KcY6HjN3PdS5GaE",
      ]
    }
  }
}
