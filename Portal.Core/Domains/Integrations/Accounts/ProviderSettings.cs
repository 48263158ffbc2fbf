using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portal.Core.Domains.Integrations;

/// <summary>What an account has besides its credentials, by the names of <see cref="ProviderForms"/>: phone_number_id, webhook_secret, from …</summary>
public sealed record ProviderSettings(JsonObject Data)
{
    public IEnumerable<string> Names => Data.Select(pair => pair.Key);

    /// <summary>As text, whatever it was written as; null for what is not set.</summary>
    public string? this[string name] => Data[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() is JsonValueKind.String => value.GetValue<string>() is { Length: > 0 } text ? text : null,
        var node => node.ToJsonString(),
    };

    /// <summary>Safe to log: which settings there are, not what they say.</summary>
    public override string ToString() => string.Join(", ", Names);

    public bool Equals(ProviderSettings? other) => other is not null && JsonNode.DeepEquals(Data, other.Data);

    public override int GetHashCode() => Data.Count;
}
