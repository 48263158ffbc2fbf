using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Portal.Core.Domains.People;

/// <summary>A client that the agency opens itself. With an owner's address, the owner is invited.</summary>
public sealed class OpenClient
{
    [Required(ErrorMessage = "Enter the client’s name."), MaxLength(200)]
    public string Name { get; set; } = "";

    [Required(ErrorMessage = "Choose a currency."), CurrencyCode]
    public string Currency { get; set; } = "USD";

    [Required(ErrorMessage = "Choose a time zone."), ZoneName]
    public string Zone { get; set; } = "UTC";

    [MaxLength(200)]
    public string OwnerName { get; set; } = "";

    [MailAddress, MaxLength(256)]
    public string OwnerEmail { get; set; } = "";
}

/// <summary>What is to be different; what is left out stays. The version is the one it was read with.</summary>
public sealed class EditClient
{
    [JsonIgnore]
    public long ClientId { get; set; }

    [Required(ErrorMessage = "Say which version you have read.")]
    public long? Version { get; set; }

    [NotBlank(ErrorMessage = "Enter the client’s name."), MaxLength(200)]
    public string? Name { get; set; }

    [NotBlank(ErrorMessage = "Choose a currency."), CurrencyCode]
    public string? Currency { get; set; }

    [NotBlank(ErrorMessage = "Choose a time zone."), ZoneName]
    public string? Zone { get; set; }

    /// <summary>For the agency's eyes only.</summary>
    [MaxLength(4000)]
    [DataType(DataType.MultilineText)]
    public string? Note { get; set; }
}

/// <summary>For a step that needs no words. The version is the one it was read with, if that matters.</summary>
public class ClientStep
{
    [JsonIgnore]
    public long ClientId { get; set; }

    public long? Version { get; set; }
}

/// <summary>For a step that the client's people are told the reason of.</summary>
public sealed class ClientStepWithReason : ClientStep
{
    [Required(ErrorMessage = "Say why; its people will read it."), MaxLength(400)]
    [DataType(DataType.MultilineText)]
    public string Reason { get; set; } = "";
}

public sealed class ClientStatusChange : ClientStep
{
    /// <summary>Active or inactive.</summary>
    [Required]
    public ClientStatus? Status { get; set; }

    /// <summary>Needed for inactive.</summary>
    [MaxLength(400)]
    [DataType(DataType.MultilineText)]
    public string Reason { get; set; } = "";
}

public sealed class AgentAssignment
{
    [JsonIgnore]
    public long ClientId { get; set; }

    [Required(ErrorMessage = "Choose an agent.")]
    public long? Agent { get; set; }

    /// <summary>The agent's department, unless said.</summary>
    public Service? Service { get; set; }

    /// <summary>Also when they look after as many clients as they can.</summary>
    public bool EvenIfFull { get; set; }
}
