using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Portal.Core.Foundation;

/// <summary>Every kind of event by the name it has in the database and on the wire.</summary>
public static class EventTypes
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutColumns } },
    };

    private static readonly Dictionary<string, Type> ByName = typeof(DomainEvent).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(DomainEvent)) && !t.IsAbstract)
        .ToDictionary(Name);

    public static IReadOnlyCollection<string> Names => ByName.Keys;

    public static IReadOnlyCollection<Type> All => ByName.Values;

    public static string Name(Type type) => JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name);

    // Subject and client have columns of their own.
    private static void LeaveOutColumns(JsonTypeInfo type)
    {
        if (!type.Type.IsSubclassOf(typeof(DomainEvent)))
            return;
        var columns = new[] { nameof(DomainEvent.About), nameof(DomainEvent.OfClient) }.Select(Input.Name).ToList();
        foreach (var column in type.Properties.Where(p => columns.Contains(p.Name)).ToList())
            type.Properties.Remove(column);
    }

    /// <summary>Null for an event of a room that is gone.</summary>
    internal static DomainEvent? Read(string name, string json) =>
        ByName.TryGetValue(name, out var type) ? (DomainEvent?)JsonSerializer.Deserialize(json, type, Json) : null;
}
