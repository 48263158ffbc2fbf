using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Portal.Core.Domains.Integrations;

/// <summary>A request that is written as JSON by its type and sent as a form, as Stripe wants it: items[0][price]=price_1.</summary>
internal static class FormFields
{
    public static ProviderContent Content<T>(T value, JsonTypeInfo<T> type) =>
        ProviderContent.Form(Flat(null, JsonSerializer.SerializeToNode(value, type)));

    /// <summary>The same for what is asked in an address.</summary>
    public static string Query(params ReadOnlySpan<(string Name, string? Value)> fields)
    {
        var query = "";
        foreach (var (name, value) in fields)
        {
            if (value is not null)
                query += $"{(query.Length == 0 ? '?' : '&')}{Uri.EscapeDataString(name)}={Uri.EscapeDataString(value)}";
        }

        return query;
    }

    private static IEnumerable<KeyValuePair<string, string>> Flat(string? name, JsonNode? node) => node switch
    {
        null => [],
        JsonObject inside => inside.SelectMany(p => Flat(name is null ? p.Key : $"{name}[{p.Key}]", p.Value)),
        JsonArray list => list.SelectMany((item, i) => Flat(string.Create(CultureInfo.InvariantCulture, $"{name}[{i}]"), item)),
        _ => [new(name!, node.GetValueKind() is JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString())],
    };
}
