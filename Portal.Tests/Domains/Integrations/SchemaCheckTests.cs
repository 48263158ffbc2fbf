using System.Text.Json.Nodes;

namespace Portal.Tests.Domains.Integrations;

/// <summary>What the tests of the clients trust: that the check refuses what a schema does.</summary>
public class SchemaCheckTests
{
    private const string Schema = """
        {"type":"object","required":["id"],"properties":{"id":{"type":"string","pattern":"^[A-Z]+$","minLength":2,"maxLength":4},"count":{"type":"integer","minimum":1,"maximum":9},
        "kind":{"enum":["a","b"]},"at":{"type":"string","format":"date-time"},"list":{"type":"array","minItems":1,"maxItems":2,"items":{"$ref":"#/word"}},"none":{"type":["string","null"]},
        "one":{"oneOf":[{"type":"object","required":["x"],"properties":{"x":{"type":"string"}}},{"type":"object","required":["y"],"properties":{"y":{"type":"string"}}}]},
        "both":{"allOf":[{"type":"object","properties":{"x":{"type":"string"}},"required":["x"]},{"type":"object","properties":{"y":{"const":"z"}}}]},
        "map":{"type":"object","additionalProperties":{"type":"string"}},"never":{"not":{"type":"string"}}}}
        """;

    private static readonly JsonObject Description = new() { ["word"] = new JsonObject { ["type"] = "string" } };

    [Theory]
    [InlineData("""{"id":"AB"}""")]
    [InlineData("""{"id":"AB","count":9.0,"kind":"b","at":"2026-11-21T10:00:00Z","list":["x"],"none":null,"one":{"y":"1"},"both":{"x":"1","y":"z"},"map":{"any":"thing"},"never":1}""")]
    public void It_takes_what_fits(string json) => Assert.Empty(Faults(json));

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""[]""")]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"id":"A"}""")]
    [InlineData("""{"id":"ABCDE"}""")]
    [InlineData("""{"id":"ab"}""")]
    [InlineData("""{"id":"AB","count":1.5}""")]
    [InlineData("""{"id":"AB","count":"1"}""")]
    [InlineData("""{"id":"AB","count":0}""")]
    [InlineData("""{"id":"AB","count":10}""")]
    [InlineData("""{"id":"AB","kind":"c"}""")]
    [InlineData("""{"id":"AB","at":"yesterday"}""")]
    [InlineData("""{"id":"AB","list":[]}""")]
    [InlineData("""{"id":"AB","list":["x","y","z"]}""")]
    [InlineData("""{"id":"AB","list":[1]}""")]
    [InlineData("""{"id":"AB","one":{}}""")]
    [InlineData("""{"id":"AB","one":{"x":"1","z":"1"}}""")]
    [InlineData("""{"id":"AB","both":{"y":"z"}}""")]
    [InlineData("""{"id":"AB","both":{"x":"1","y":"x"}}""")]
    [InlineData("""{"id":"AB","both":{"x":"1","w":"1"}}""")]
    [InlineData("""{"id":"AB","map":{"any":1}}""")]
    [InlineData("""{"id":"AB","never":"x"}""")]
    [InlineData("""{"id":"AB","emial":"x"}""")]
    public void It_refuses_what_does_not(string json) => Assert.NotEmpty(Faults(json));

    private static IEnumerable<string> Faults(string json) => new SchemaCheck(Description).Faults(JsonNode.Parse(json), JsonNode.Parse(Schema)!.AsObject());
}
