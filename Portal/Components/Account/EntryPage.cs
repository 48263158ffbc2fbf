using Microsoft.AspNetCore.Components;
using Portal.Components.Ui;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Components.Account;

/// <summary>What the pages of sign-in have in common: plain posts, refusals beside the fields, and the place a person wanted to reach.</summary>
public abstract class EntryPage : ComponentBase
{
    [CascadingParameter]
    public HttpContext Http { get; set; } = default!;

    [SupplyParameterFromQuery(Name = "return")]
    public string? ReturnTo { get; set; }

    [Inject]
    protected CookieSignIn Entry { get; set; } = default!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    /// <summary>The address that was typed, for the page that proves it if that is what is owed.</summary>
    protected virtual string Email => "";

    protected FieldErrors Errors { get; private set; } = new("entry");

    // Only back into this portal: another host's address would make us the decoy of a phishing mail.
    protected string Next => ReturnTo is ['/', not ('/' or '\\'), ..] && !ReturnTo.Any(char.IsControl) ? ReturnTo : "/";

    /// <summary>The next step's address, which carries along where the person wanted to go.</summary>
    protected string To(string path) => Next is "/" ? path : $"{path}{(path.Contains('?') ? '&' : '?')}return={Uri.EscapeDataString(Next)}";

    /// <summary>Does it; a refusal stands beside its field, or beside the one it is about.</summary>
    protected async Task<bool> TryAsync(string field, Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (Invalid invalid)
        {
            Errors = new("entry", invalid.Errors);
        }
        catch (NotYet)
        {
            EntryCookies.SetEmail(Http, Email);
            Navigation.NavigateTo(To("/verify-email"));
        }
        catch (PortalException refused)
        {
            Errors = new("entry", new Dictionary<string, string[]> { [field] = [refused.Message] });
        }

        return false;
    }

    /// <summary>To where they wanted, or to the second step first.</summary>
    protected void GoOn(bool isIn) => Navigation.NavigateTo(isIn ? Next : To("/sign-in/second-step"));

    protected void LeaveIfSignedIn()
    {
        if (Http.User.Identity is { IsAuthenticated: true })
            Navigation.NavigateTo(Next);
    }
}
