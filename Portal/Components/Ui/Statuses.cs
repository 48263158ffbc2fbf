using Portal.Core.Foundation;
using static Portal.Resources.Texts;

namespace Portal.Components.Ui;

/// <summary>How a state looks.</summary>
public sealed record Status(string Tone, string Icon, string? Style = null);

/// <summary>
/// The one table of how states look, by snake_case name; their words are the texts named status.*.
/// A new state is a line here and a line there.
/// </summary>
public static class Statuses
{
    private static readonly Status Unknown = new("neutral", "st-none");

    private static readonly Dictionary<string, Status> Known = new()
    {
        ["active"] = new("success", "check"),
        ["inactive"] = new("neutral", "minus"),
        ["pending"] = new("neutral", "st-none"),
        ["on"] = new("success", "check"),
        ["off"] = new("neutral", "minus"),
        ["declined"] = new("danger", "x-circle"),
        ["closing"] = new("warning", "hourglass"),
        ["closed"] = new("neutral", "ban"),
        ["waiting"] = new("warning", "hourglass"),
        ["unconfirmed"] = new("warning", "mail"),
        ["draft"] = new("neutral", "edit"),
        ["queued"] = new("neutral", "clock"),
        ["sending"] = new("info", "send"),
        ["sent"] = new("info", "check"),
        ["delayed"] = new("warning", "hourglass"),
        ["bounced"] = new("danger", "x-circle"),
        ["complained"] = new("danger", "alert"),
        ["handled"] = new("success", "check"),
        ["not_ours"] = new("neutral", "minus"),
        ["kept"] = new("neutral", "clock"),
        ["delivered"] = new("success", "check"),
        ["read"] = new("success", "eye"),
        ["done"] = new("success", "check"),
        ["not_needed"] = new("neutral", "minus"),
        ["skipped"] = new("neutral", "minus"),
        ["failed"] = new("danger", "alert"),
        ["dead"] = new("danger", "x-circle"),
        ["retrying"] = new("warning", "refresh"),
        ["succeeded"] = new("success", "check"),
        ["running"] = new("info", "st-half"),
        ["paused"] = new("neutral", "pause"),
        ["idle"] = new("neutral", "check"),
        ["stopped"] = new("neutral", "stop"),
        ["failing"] = new("danger", "alert"),
        ["late"] = new("danger", "timer"),
        ["lost"] = new("warning", "alert"),
        ["put_off"] = new("warning", "hourglass"),
        ["refused_for_good"] = new("danger", "x-circle"),
        ["suppressed"] = new("danger", "ban"),
        ["critical"] = new("info", "shield"),
        ["planning"] = new("purple", "st-plan"),
        ["in_progress"] = new("info", "st-half"),
        ["review"] = new("warning", "st-review"),
        ["completed"] = new("success", "st-done"),
        ["on_hold"] = new("neutral", "st-hold"),
        ["blocked"] = new("danger", "st-blocked"),
        ["cancelled"] = new("neutral", "ban"),
        ["approved"] = new("success", "check-circle"),
        ["rejected"] = new("danger", "x-circle"),
        ["expired"] = new("neutral", "timer"),
        ["paid"] = new("success", "check"),
        ["overdue"] = new("danger", "alert"),
        ["low"] = new("neutral", "prio-low", "plain"),
        ["credits_good"] = new("success", "check"),
        ["credits_low"] = new("warning", "alert"),
        ["credits_depleted"] = new("danger", "x-circle"),
        ["credits_frozen"] = new("neutral", "lock"),
        ["medium"] = new("info", "prio-medium", "plain"),
        ["high"] = new("orange", "prio-high", "plain"),
        ["let_in"] = new("success", "check"),
        ["may"] = new("neutral", "check"),
        ["sent_to_sign_in"] = new("neutral", "lock"),
        ["asked_who"] = new("neutral", "lock"),
        ["refused"] = new("neutral", "ban"),
        ["not_there"] = new("neutral", "st-none"),
        ["edited"] = new("info", "edit"),
        ["standard"] = new("neutral", "minus"),
        ["ok"] = new("success", "check"),
        ["untested"] = new("neutral", "st-none"),
        ["expiring"] = new("warning", "timer"),
        ["broken"] = new("danger", "alert"),
        ["in_use"] = new("success", "check"),
        ["from_environment"] = new("info", "server"),
        ["from_simulator"] = new("purple", "st-half"),
        ["not_configured"] = new("neutral", "st-none"),
        ["urgent"] = new("danger", "prio-urgent", "plain"),
    };

    public static IReadOnlyCollection<string> Names => Known.Keys;

    public static Status Of(string name) => Known.GetValueOrDefault(name, Unknown);

    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => Input.Name(value.ToString());

    /// <summary>The state in words; one that the table does not know is at least readable.</summary>
    public static string Words(string name)
    {
        if (Has("status." + name))
            return T("status." + name);
        var plain = name.Replace('_', ' ');
        return plain.Length == 0 ? "" : char.ToUpperInvariant(plain[0]) + plain[1..];
    }
}
