using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Portal.Core.Domains.People;

public static class PeopleSetup
{
    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.AddOptions<FirstAdminOptions>().BindConfiguration("Portal:FirstAdmin");
        services.AddIdentityCore<PortalUser>(options =>
        {
            options.User.RequireUniqueEmail = true;
            options.Password.RequiredLength = 12;
            options.Password.RequireNonAlphanumeric = false;
            options.Password.RequireUppercase = false;
            options.Password.RequireLowercase = false;
            options.Password.RequireDigit = false;
        });
        return services
            .AddScoped<IUserStore<PortalUser>, IdentityStore>()
            .AddScoped<Accounts>()
            .AddSingleton<OneTimeCodes>()
            .AddScoped<SignInService>()
            .AddScoped<TokenService>()
            .AddSingleton<PersonDirectory>()
            .AddSingleton<PeopleQueries>()
            .AddTeams()
            .AddSingleton<SetupLink>()
            .AddScoped<FirstAdmin>()
            .AddScoped<PeopleDemo>();
    }

    private static IServiceCollection AddTeams(this IServiceCollection services) => services
        .AddSingleton<InvitationService>()
        .AddScoped<JoinService>()
        .AddSingleton<MemberService>()
        .AddSingleton<MemberQueries>()
        .AddSingleton<AgentService>()
        .AddSingleton<StaffService>()
        .AddSingleton<StaffQueries>()
        .AddSingleton<AgencyService>()
        .AddSingleton<OrganisationService>();
}
