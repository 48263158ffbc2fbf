namespace Portal.Core.Foundation;

/// <summary>An organisation that the agency works for: the tenant.</summary>
public sealed class Client : IVersioned
{
    /// <summary>How long a closed account can be had back.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(14);

    private string name = "";

    public long Id { get; init; }

    public required string Name
    {
        get => name;
        set => (name, SearchName) = (value, Search.Normal(value));
    }

    /// <summary>The name as it is searched: by prefix, without case or accents.</summary>
    public string SearchName { get; private set; } = "";

    public ClientStatus Status { get; private set; } = ClientStatus.Pending;

    /// <summary>Why it was declined or deactivated, in words for its people.</summary>
    public string StatusReason { get; private set; } = "";

    public DateTime? ApprovedAt { get; private set; }

    /// <summary>When a closing account is closed for good.</summary>
    public DateTime? ClosesAt { get; private set; }

    /// <summary>As it stands on invoices, where it differs from the name.</summary>
    public string LegalName { get; set; } = "";

    public string TaxId { get; set; } = "";

    public PostalAddress BillingAddress { get; init; } = new();

    public string Phone { get; set; } = "";

    public string Website { get; set; } = "";

    public string CurrencyCode { get; set; } = "USD";

    public string ZoneId { get; set; } = "UTC";

    public long? LogoId { get; set; }

    /// <summary>What the agency writes down for itself; the client's people never see it.</summary>
    public string AgencyNote { get; set; } = "";

    /// <summary>Its providers are simulators and its postings are in no figure.</summary>
    public bool IsSandbox { get; init; }

    public required DateTime CreatedAt { get; init; }

    public long Version { get; set; }

    /// <summary>Whether its people may work in the portal.</summary>
    public bool IsOpen => Status is ClientStatus.Active or ClientStatus.Closing;

    public void Approve(DateTime now)
    {
        Need("client_not_pending", "Only a client that waits for approval can be approved.", ClientStatus.Pending, ClientStatus.Declined);
        (Status, StatusReason, ApprovedAt) = (ClientStatus.Active, "", now);
    }

    public void Decline(string reason)
    {
        Need("client_not_pending", "Only a client that waits for approval can be declined.", ClientStatus.Pending);
        (Status, StatusReason) = (ClientStatus.Declined, reason);
    }

    public void Activate()
    {
        Need("client_not_inactive", "Only an inactive client can be activated.", ClientStatus.Inactive);
        (Status, StatusReason) = (ClientStatus.Active, "");
    }

    public void Deactivate(string reason)
    {
        Need("client_not_active", "Only an active client can be deactivated.", ClientStatus.Active);
        (Status, StatusReason) = (ClientStatus.Inactive, reason);
    }

    public void BeginClosing(DateTime now)
    {
        Need("client_not_active", "Only an active account can be closed.", ClientStatus.Active);
        (Status, ClosesAt) = (ClientStatus.Closing, now + Grace);
    }

    public void Keep()
    {
        Need("client_not_closing", "This account is not about to be closed.", ClientStatus.Closing);
        (Status, ClosesAt) = (ClientStatus.Active, null);
    }

    public void Close(DateTime now)
    {
        Need("client_not_closing", "This account is not about to be closed.", ClientStatus.Closing);
        if (now < ClosesAt)
            throw new RuleBroken("client_in_grace", "This account can still be kept.");
        Status = ClientStatus.Closed;
    }

    private void Need(string code, string otherwise, params ReadOnlySpan<ClientStatus> allowed)
    {
        if (!allowed.Contains(Status))
            throw new RuleBroken(code, otherwise);
    }
}

public enum ClientStatus
{
    /// <summary>Registered, waiting for the agency.</summary>
    Pending,
    Active,
    Inactive,
    Declined,

    /// <summary>Its owner has closed it; for two weeks it can be kept.</summary>
    Closing,
    Closed,
}
