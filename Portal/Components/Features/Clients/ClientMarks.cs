using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Portal.Components.Ui;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;
using static Portal.Resources.Texts;

namespace Portal.Components.Features.Clients;

/// <summary>What stands about clients in tables, as finished markup.</summary>
internal static class ClientMarks
{
    /// <summary>A client's name and a line below it, for the cell that leads a row.</summary>
    public static MarkupString Lead(string name, string below) => new(
        $"""<span class="who">{Show.Avatar(name, square: true)}<span><span class="name">{Show.Html(name)}</span><span class="sub">{Show.Html(below)}</span></span></span>""");

    /// <summary>Who works for a client, each with the doorway of their service.</summary>
    public static MarkupString Agents(IReadOnlyList<ClientAgent> agents)
    {
        if (agents.Count == 0)
            return new($"""<span class="muted">{Show.Html(T("clients.nobody"))}</span>""");
        var marks = new StringBuilder("""<span class="agent-marks">""");
        foreach (var agent in agents)
            marks.Append(CultureInfo.InvariantCulture, $"""<span class="agent-mark">{Service(agent.Service)}{Show.Avatar(agent.Name, size: "tiny")}{Show.Html(agent.Name)}</span>""");
        return new(marks.Append("</span>").ToString());
    }

    /// <summary>How its credits stand: a state, or why there is none.</summary>
    public static MarkupString Credits(CreditStatus status) => status is CreditStatus.None
        ? new($"""<span class="muted">{Show.Html(T("clients.no_wallet"))}</span>""")
        : Show.Chip("credits_" + Statuses.Of(status));

    /// <summary>The doorway of a service, and its name.</summary>
    public static MarkupString Named(Service? service) => service is null
        ? new(Show.Html(T("service.all")))
        : new($"""<span class="agent-mark">{Show.ServiceMark(service.Value)}<span aria-hidden="true">{Show.Html(T("service." + Statuses.Of(service.Value)))}</span></span>""");

    private static MarkupString Service(Service? service) => service is { } one ? Show.ServiceMark(one) : default;
}
