using System.Globalization;
using System.Text.Json.Serialization;

namespace Portal.Core.Domains.Integrations;

/// <summary>A text message for one number.</summary>
/// <param name="To">In the international form, with a plus.</param>
/// <param name="Body">What it says.</param>
public sealed record TwilioSms(string To, string Body)
{
    /// <summary>A number of ours or a messaging service; without it, that of the account.</summary>
    public string? From { get; init; }

    /// <summary>Where Twilio tells what became of it.</summary>
    public Uri? StatusCallback { get; init; }
}

/// <summary>What became of a message; the states are Twilio's own words, and so is the price.</summary>
public sealed record TwilioMessage(string Sid, string Status)
{
    public int? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    public string? Price { get; init; }

    public string? PriceUnit { get; init; }

    public string? NumSegments { get; init; }

    public string? Body { get; init; }

    public string? DateCreated { get; init; }

    /// <summary>When Twilio was given it; the beginning of time where it does not say.</summary>
    [JsonIgnore]
    public DateTime CreatedAt => DateTimeOffset.TryParse(DateCreated, CultureInfo.InvariantCulture, out var at) ? at.UtcDateTime : DateTime.UnixEpoch;
}

internal sealed record TwilioMessages(IReadOnlyList<TwilioMessage> Messages);

public sealed record TwilioBalance(string Balance, string Currency);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TwilioMessage))]
[JsonSerializable(typeof(TwilioMessages))]
[JsonSerializable(typeof(TwilioBalance))]
internal sealed partial class TwilioJson : JsonSerializerContext;
