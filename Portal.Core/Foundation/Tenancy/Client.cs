namespace Portal.Core.Foundation;

/// <summary>An organisation that the agency works for: the tenant.</summary>
public sealed class Client : IVersioned
{
    private string name = "";

    public long Id { get; init; }

    public required string Name
    {
        get => name;
        set => (name, SearchName) = (value, Search.Normal(value));
    }

    /// <summary>The name as it is searched: by prefix, without case or accents.</summary>
    public string SearchName { get; private set; } = "";

    public ClientStatus Status { get; set; } = ClientStatus.Pending;

    public string CurrencyCode { get; set; } = "USD";

    public string ZoneId { get; set; } = "UTC";

    /// <summary>Its providers are simulators and its postings are in no figure.</summary>
    public bool IsSandbox { get; init; }

    public required DateTime CreatedAt { get; init; }

    public long Version { get; set; }
}

public enum ClientStatus
{
    Pending,
    Active,
    Inactive,
}
