using Portal.Components.Ui;
using Portal.Core.Foundation;
using static Portal.Resources.Texts;

namespace Portal.Components.Features.Members;

/// <summary>What a client's people can be, and what that allows.</summary>
public static class MemberLevels
{
    private static readonly AccessLevel[] All = [AccessLevel.Viewer, AccessLevel.Manager, AccessLevel.Owner];

    public static IReadOnlyList<Option> Options => [.. All.Select(level => new Option(Statuses.Of(level), T("level." + Statuses.Of(level))))];

    public static string? Help(AccessLevel? level) => level switch
    {
        AccessLevel.Viewer => T("members.viewer_help"),
        AccessLevel.Manager => T("members.manager_help"),
        AccessLevel.Owner => T("members.owner_help"),
        _ => null,
    };
}
