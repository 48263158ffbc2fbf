using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Portal.Core.Domains.Integrations;

/// <summary>What is to be different about a configuration; what is left out stays. A secret that is empty is removed.</summary>
public class ChangeApiConfig
{
    public const int LongestSecret = 8_000;

    [JsonIgnore]
    public long ConfigId { get; set; }

    /// <summary>Cannot be changed: another provider is another configuration.</summary>
    public Provider? Provider { get; set; }

    [MaxLength(100)]
    public string? Name { get; set; }

    /// <summary>The base address; empty for the provider's own.</summary>
    [MaxLength(300)]
    public string? ApiUrl { get; set; }

    /// <summary>Settings by their names. Null removes one. Those that are secrets are sealed and not shown again.</summary>
    public JsonObject? ConfigData { get; set; }

    [MaxLength(LongestSecret), DataType(DataType.MultilineText)]
    public string? ApiKey { get; set; }

    [MaxLength(LongestSecret), DataType(DataType.MultilineText)]
    public string? ApiSecret { get; set; }

    [MaxLength(LongestSecret), DataType(DataType.MultilineText)]
    public string? AccessToken { get; set; }

    /// <summary>To be the one that is used in its environment; what was until then no longer is.</summary>
    public bool? IsActive { get; set; }

    public bool? IsSandbox { get; set; }

    /// <summary>Of the configuration that was read; If-Match says the same.</summary>
    public long? Version { get; set; }
}

/// <summary>A whole configuration. Secrets that are left out stay, because nobody can read them to send them back.</summary>
public sealed class SaveApiConfig : ChangeApiConfig;

/// <summary>A part of the list of configurations. Q is the beginning of the name.</summary>
public sealed class ApiConfigPage : PageRequest
{
    [FromQuery(Name = "provider")]
    public Choice<Provider>? Provider { get; set; }

    [FromQuery(Name = "status")]
    public Choice<ApiConfigStatus>? Status { get; set; }

    [FromQuery(Name = "is_active")]
    public bool? IsActive { get; set; }

    [FromQuery(Name = "is_sandbox")]
    public bool? IsSandbox { get; set; }
}
