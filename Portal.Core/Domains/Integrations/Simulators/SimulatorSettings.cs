using System.ComponentModel.DataAnnotations;

namespace Portal.Core.Domains.Integrations;

/// <summary>Whether this portal has stand-ins for providers: in Development, and where Portal:Simulators says so.</summary>
/// <param name="IsOn">Whether there are any.</param>
/// <param name="StandsInForLive">In Development, for everyone; elsewhere for what is of the sandbox alone: what real clients send goes to no stand-in.</param>
public sealed record SimulatorSwitch(bool IsOn, bool StandsInForLive = false);

/// <summary>How a simulated provider behaves.</summary>
public sealed record SimulatorSettings
{
    public static readonly SimulatorSettings Usual = new();

    /// <summary>How long it thinks before it answers.</summary>
    public int AnswerMilliseconds { get; init; } = 150;

    /// <summary>How long after it took something it tells of the outcome; of what follows, a multiple.</summary>
    public int CallbackSeconds { get; init; } = 2;

    /// <summary>Of a hundred messages or charges so many fail.</summary>
    public int FailurePercent { get; init; }

    /// <summary>Of a hundred requests so many are answered with an error of theirs.</summary>
    public int TroublePercent { get; init; }

    /// <summary>It answers nothing but that it is down.</summary>
    public bool IsDown { get; init; }
}

public sealed class ChangeSimulator
{
    public Provider Provider { get; set; }

    [Required, Range(0, 15_000)]
    public int? AnswerMilliseconds { get; set; }

    [Required, Range(0, 3_600)]
    public int? CallbackSeconds { get; set; }

    [Required, Range(0, 100)]
    public int? FailurePercent { get; set; }

    [Required, Range(0, 100)]
    public int? TroublePercent { get; set; }

    public bool IsDown { get; set; }

    public static ChangeSimulator Of(Provider provider, SimulatorSettings settings) => new()
    {
        Provider = provider,
        AnswerMilliseconds = settings.AnswerMilliseconds,
        CallbackSeconds = settings.CallbackSeconds,
        FailurePercent = settings.FailurePercent,
        TroublePercent = settings.TroublePercent,
        IsDown = settings.IsDown,
    };

    internal SimulatorSettings Settings => new()
    {
        AnswerMilliseconds = AnswerMilliseconds!.Value,
        CallbackSeconds = CallbackSeconds!.Value,
        FailurePercent = FailurePercent!.Value,
        TroublePercent = TroublePercent!.Value,
        IsDown = IsDown,
    };
}

/// <summary>Somebody is to write to us on the simulated WhatsApp.</summary>
public sealed class LetWrite
{
    [Required, MaxLength(30)]
    public string? Number { get; set; }

    [Required, MaxLength(4_096)]
    public string? Text { get; set; }
}

/// <summary>An admin has made a simulated provider behave otherwise, or has made something happen there.</summary>
public sealed record SimulatorUsed(Provider Provider, string What, string? Of) : DomainEvent
{
    public override Subject About => new("simulator", (long)Provider);
}
