using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Components.Ui;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Components;

/// <summary>What every page has: who looks at it, their zone, a way to try things, and a token that ends with the page.</summary>
public abstract class PortalPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private bool isOpening;

    [CascadingParameter]
    private Task<AuthenticationState>? Authentication { get; set; }

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    [Inject]
    protected ToastService Toasts { get; set; } = default!;

    protected Actor Me { get; private set; } = Actor.Nobody;

    /// <summary>The session that this page is open in.</summary>
    protected long SessionId { get; private set; }

    protected Zone Zone { get; private set; } = Zone.Utc;

    /// <summary>Cancelled when the person has left the page.</summary>
    protected CancellationToken Gone => gone.Token;

    protected DateTime Now => Clock.Now();

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (Authentication is not null)
        {
            var user = (await Authentication).User;
            (Me, SessionId, Zone) = (user.ToActor(), user.SessionId(), Zone.OfOrUtc(user.FindFirst("zone")?.Value));
        }

        isOpening = true;
        try
        {
            await base.SetParametersAsync(ParameterView.Empty);
        }
        finally
        {
            isOpening = false;
        }
    }

    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    /// <summary>Says a refusal to the person in a toast. What refuses the page itself, as it opens, is a real 404 or 403.</summary>
    /// <returns>Whether it was done.</returns>
    protected async Task<bool> Try(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (NotFound) when (isOpening || !RendererInfo.IsInteractive)
        {
            Navigation.NotFound();
        }
        catch (Forbidden) when (isOpening)
        {
            throw;
        }
        catch (PortalException refusal)
        {
            Toasts.Refuse(refusal.Message);
        }
        catch (Exception e) when (DbErrors.Translate(e) is StoreUnavailable unavailable)
        {
            Toasts.Refuse(unavailable.Message);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // Nobody is there any more to be told.
        }

        return false;
    }

    /// <summary>An instant in the person's zone, in words.</summary>
    protected MarkupString Time(DateTime? at) => Show.Time(at, Zone, Now);
}
